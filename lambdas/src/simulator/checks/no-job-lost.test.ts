import { expect, test } from '@jest/globals';
import { fleet } from '../../../tests/fleet.ts';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import { gone, jobEnded, jobQueued, jobStarted, launched, type Told } from '../measures/testbed.ts';
import { noJobLost } from './no-job-lost.ts';

const lost = (story: readonly Told[], run = aRun()): readonly string[] =>
  breachesIn(noJobLost, story, { run, endSeconds: 100_000 }).map(({ subject }) => subject);

test('a job that still waits at the end, or that the forge gave up, is lost', () => {
  expect(lost([[0, jobQueued('a')]])).toEqual(['a']);
  expect(
    lost([
      [0, jobQueued('a')],
      [86_400, jobEnded('a', undefined, 'forge')],
    ]),
  ).toEqual(['a']);
});

test('one that the forge gave up is not, where a limit left no room for it until then', () => {
  const story: readonly Told[] = [
    [0, jobQueued('a')],
    [0, launched('i-1')],
  ];
  const full = aRun({ fleets: () => [fleet({ name: 'linux', labels: ['linux'], runnersMaximumCount: 1 })] });
  const expired: Told = [86_400, jobEnded('a', undefined, 'forge')];
  expect(lost([...story, expired], full)).toEqual([]);
  expect(lost([...story, expired])).toEqual(['a']);
  expect(lost([...story, [80_000, gone('i-1')], expired], full)).toEqual(['a']);
  expect(lost(story, full)).toEqual(['a']);
});

test('one that began is not, whatever became of it; nor is one that a person cancelled', () => {
  const began: readonly Told[] = [
    [0, jobQueued('a')],
    [60, jobStarted('a', 'i-1')],
  ];
  expect(lost(began)).toEqual([]);
  expect(lost([...began, [70, jobEnded('a', 'i-1', 'spot')]])).toEqual([]);
  expect(
    lost([
      [0, jobQueued('a')],
      [70, jobEnded('a', undefined, 'cancelled')],
    ]),
  ).toEqual([]);
});

test('one that is nobody’s is not: it matches no fleet, or its fleet was removed', () => {
  expect(lost([[0, jobQueued('a', { fleet: undefined })]])).toEqual([]);
  expect(lost([[0, jobQueued('a')]], aRun({ fleets: () => [] }))).toEqual([]);
});
