import { describe, expect, test } from '@jest/globals';
import type { Tally } from '../result.ts';
import { addTallies, tallies } from './tallies.ts';
import { jobEnded, jobQueued, jobStarted, launched, type Told, tell } from './testbed.ts';

function talliesOf(...story: readonly Told[]) {
  const all = tallies();
  tell(all.hear, ...story);
  return all.figures();
}

const nobodys = { fleet: undefined };

test('nothing happened', () => {
  expect(talliesOf()).toEqual({
    ...{ jobs: 0, ran: 0, ranTwice: 0, cancelled: 0, unmatched: 0, endedBySpot: 0, endedByForge: 0 },
    ...{ launched: 0, faults: {} },
  });
});

test('a job ran once, on however many machines it began', () => {
  const figures = talliesOf(
    [0, jobQueued('job')],
    [0, jobQueued('job')],
    [1, jobStarted('job', 'i-1')],
    [2, jobStarted('job', 'i-1')],
    [3, jobStarted('job', 'i-2')],
    [4, jobStarted('job', 'i-3')],
    [5, jobEnded('job', 'i-3')],
  );
  expect(figures).toMatchObject({ jobs: 1, ran: 1, ranTwice: 1 });
});

test('a job that began again on its own machine did not run twice', () => {
  const figures = talliesOf([0, jobQueued('job')], [1, jobStarted('job', 'i-1')], [2, jobStarted('job', 'i-1')]);
  expect(figures).toMatchObject({ ran: 1, ranTwice: 0 });
});

test('what ended a job is counted by who did it', () => {
  const ends = (['finished', 'spot', 'spot', 'forge', 'killed', 'cancelled'] as const).flatMap((how, i): Told[] => [
    [i, jobQueued(`job-${i}`)],
    [i, jobStarted(`job-${i}`, `i-${i}`)],
    [i, jobEnded(`job-${i}`, `i-${i}`, how)],
  ]);
  expect(talliesOf(...ends)).toMatchObject({ jobs: 6, ran: 6, endedBySpot: 2, endedByForge: 1, cancelled: 0 });
});

test('a job that was cancelled before it began is cancelled, whoever’s it was', () => {
  const figures = talliesOf(
    [0, jobQueued('ours')],
    [0, jobQueued('nobody’s', nobodys)],
    [1, jobEnded('ours', undefined, 'cancelled')],
    [1, jobEnded('nobody’s', undefined, 'cancelled')],
  );
  expect(figures).toMatchObject({ jobs: 2, ran: 0, cancelled: 2, unmatched: 0 });
});

describe('unmatched', () => {
  test('are nobody’s jobs that wait, and those that the forge let expire', () => {
    const figures = talliesOf(
      [0, jobQueued('waits', nobodys)],
      [0, jobQueued('expires', nobodys)],
      [0, jobQueued('ours')],
      [9, jobEnded('expires', undefined, 'forge')],
    );
    expect(figures).toMatchObject({ jobs: 3, unmatched: 2, endedByForge: 0 });
  });

  test('are not those that somebody ran after all', () => {
    expect(talliesOf([0, jobQueued('job', nobodys)], [1, jobStarted('job', 'i-1')])).toMatchObject({ unmatched: 0 });
  });

  test('are the jobs of a fleet that is not configured any more, until it comes back', () => {
    const story: readonly Told[] = [
      [0, jobQueued('job')],
      [1, { kind: 'configured', fleets: ['windows'] }],
    ];
    expect(talliesOf(...story)).toMatchObject({ unmatched: 1 });
    expect(talliesOf(...story, [2, { kind: 'configured', fleets: ['linux'] }])).toMatchObject({ unmatched: 0 });
  });
});

test('machines and faults are counted, these by name', () => {
  const figures = talliesOf(
    [0, launched('i-1')],
    [0, launched('i-2')],
    [1, { kind: 'fault', fault: 'no-capacity' }],
    [1, { kind: 'fault', fault: 'event-lost', subject: 'job' }],
    [2, { kind: 'fault', fault: 'no-capacity' }],
  );
  expect(figures).toMatchObject({ launched: 2, faults: { 'no-capacity': 2, 'event-lost': 1 } });
});

test('two seeds together are the sum of each figure, and of each name that either has', () => {
  const tally: Tally = {
    ...{ jobs: 1, ran: 2, ranTwice: 3, lost: 4, cancelled: 5, unmatched: 6, endedBySpot: 7, endedByForge: 8 },
    ...{ busyKills: 9, leakedInstances: 10, leakedRegistrations: 11, overLimit: 12, launched: 13, virtualSeconds: 14 },
    runnerSeconds: { boot: 15, idle: 16, busy: 17 },
    cost: { spot: 18, onDemand: 19, idle: 20, savedBySpot: 21 },
    readiness: { jobsServed: 22, savedSeconds: 23, cost: 24 },
    waitStages: { event: 25, delay: 26, decision: 27, ec2: 28, boot: 29, assignment: 30 },
    calls: { github: 31, ec2: 32, ssm: 33, dynamodb: 34, sqs: 35 },
    sometimes: { 'lane-starved': 36 },
    faults: { 'event-lost': 37 },
  };
  const doubled = (value: unknown): unknown =>
    typeof value === 'number'
      ? value * 2
      : Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, doubled(one)]));
  expect(addTallies(tally, tally)).toEqual(doubled(tally));
  expect(addTallies(tally, { ...tally, faults: { throttled: 1 } }).faults).toEqual({ 'event-lost': 37, throttled: 1 });
});
