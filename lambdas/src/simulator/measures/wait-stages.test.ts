import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { WaitStages } from '../result.ts';
import {
  delivered,
  gone,
  jobEnded,
  jobQueued,
  jobStarted,
  launchCalled,
  launched,
  looked,
  online,
  running,
  stories,
  type Told,
  tell,
} from './testbed.ts';
import { waitStages } from './wait-stages.ts';
import { waits } from './waits.ts';

const none: WaitStages = { event: 0, delay: 0, decision: 0, ec2: 0, boot: 0, assignment: 0 };

function stagesOf(...story: readonly Told[]): WaitStages {
  const all = waitStages();
  tell(all.hear, ...story.toSorted(([one], [other]) => one - other));
  return all.figures();
}

const machine = (called: number): readonly Told[] => [
  [called, launchCalled('launch-i-1')],
  [called + 1, launched('i-1')],
  [called + 9, running('i-1')],
  [called + 44, online('i-1')],
];

describe('a job that a machine of its own is launched for', () => {
  const story: readonly Told[] = [
    [0, jobQueued('job')],
    [2, delivered('job')],
    [32, looked()],
    ...machine(33.5),
    [79, jobStarted('job', 'i-1')],
  ];

  test('waits in six stages', () => {
    expect(stagesOf(...story)).toEqual({ event: 2, delay: 30, decision: 1.5, ec2: 9, boot: 35, assignment: 1.5 });
  });

  test.each<[string, Told]>([
    ['that was refused', [1, delivered('job', { status: 503 })]],
    ['that got lost', [1, delivered('job', { status: 'lost' })]],
    ['about another state', [1, delivered('job', { state: 'blocked' })]],
    ['about another job', [1, delivered('other')]],
    ['that comes again', [20, delivered('job', { again: true })]],
  ])('learns nothing from a delivery %s', (_, delivery) => {
    expect(stagesOf(...story, delivery)).toEqual(stagesOf(...story));
  });

  test.each<[string, Told]>([
    ['before its event', [1, looked()]],
    ['at another lane', [5, looked('linux/org:other')]],
    ['later', [50, looked()]],
  ])('a look %s is not the one that it waits for', (_, look) => {
    expect(stagesOf(...story, look)).toEqual(stagesOf(...story));
  });

  test('a launch whose call is repeated was decided at the first', () => {
    expect(stagesOf(...story, [40, launchCalled('launch-i-1')])).toEqual(stagesOf(...story));
  });
});

test('until a launch without a delivery, the event is what was missing', () => {
  const stages = stagesOf([0, jobQueued('job')], [5, looked()], ...machine(60), [105, jobStarted('job', 'i-1')]);
  expect(stages).toEqual({ ...none, event: 60, ec2: 9, boot: 35, assignment: 1 });
});

test('a job whose runner listened already waits for the forge alone', () => {
  const stages = stagesOf(
    ...machine(0),
    [100, jobQueued('job')],
    [101, delivered('job')],
    [103, jobStarted('job', 'i-1')],
    [131, looked()],
  );
  expect(stages).toEqual({ ...none, assignment: 3 });
});

test('a machine that was launched for another job costs this one no decision', () => {
  const stages = stagesOf(
    ...machine(0),
    [20, jobQueued('job')],
    [22, delivered('job')],
    [25, looked()],
    [46, jobStarted('job', 'i-1')],
  );
  expect(stages).toEqual({ ...none, boot: 24, assignment: 2 });
});

test('what jobs on machines that we did not launch wait for is the forge', () => {
  expect(stagesOf([0, jobQueued('job')], [9, jobStarted('job', '')])).toEqual({ ...none, assignment: 9 });
});

test('a job that starts twice, or never, adds nothing more', () => {
  const stages = stagesOf(
    ...machine(0),
    [100, jobQueued('job')],
    [100, jobQueued('cancelled')],
    [103, jobStarted('job', 'i-1')],
    [105, jobEnded('cancelled', undefined, 'cancelled')],
    [110, jobStarted('job', 'i-2')],
    [120, jobStarted('cancelled', 'i-2')],
    [130, gone('i-1')],
  );
  expect(stages).toEqual({ ...none, assignment: 3 });
});

test('whatever happens, the stages add up to the waits, and none is negative', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const [stages, lengths] = [waitStages(), waits()];
      tell(stages.hear, ...story);
      tell(lengths.hear, ...story);
      const figures = Object.values(stages.figures());
      expect(figures.every((seconds) => seconds >= 0)).toBe(true);
      expect(figures.reduce((sum, seconds) => sum + seconds)).toBeCloseTo(lengths.data().sumSeconds, 6);
    }),
  );
});
