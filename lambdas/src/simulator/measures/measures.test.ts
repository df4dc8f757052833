import { expect, test } from '@jest/globals';
import { measures } from './measures.ts';
import {
  at,
  delivered,
  ending,
  gone,
  jobEnded,
  jobQueued,
  jobStarted,
  launchCalled,
  launched,
  looked,
  online,
  running,
  type Told,
  tell,
} from './testbed.ts';

const story: readonly Told[] = [
  [0, jobQueued('job')],
  [2, delivered('job')],
  [4, looked()],
  [5, launchCalled('launch-i-1')],
  [6, launched('i-1', { dollarsAnHour: 0.9 })],
  [10, running('i-1')],
  [50, online('i-1')],
  [52, jobStarted('job', 'i-1')],
  [108, jobEnded('job', 'i-1')],
  [110, ending('i-1')],
  [150, gone('i-1')],
];

test('one job is told by all figures, and they are plain data', () => {
  const all = measures({ onDemandDollarsAnHour: () => 3.6, readyWanted: () => 1 });
  tell(all.witness, ...story);
  const figures = all.figures(at(160));
  expect(figures.result).toEqual({
    ...{ jobs: 1, ran: 1, ranTwice: 0, cancelled: 0, unmatched: 0, endedBySpot: 0, endedByForge: 0 },
    ...{ launched: 1, faults: {}, peakRunners: 1 },
    runnerSeconds: { boot: 44, idle: 44, busy: 56 },
    cost: {
      ...{ spot: expect.closeTo(0.025, 9), onDemand: 0 },
      ...{ idle: expect.closeTo(0.001, 9), savedBySpot: expect.closeTo(0.075, 9) },
    },
    readiness: { jobsServed: 0, savedSeconds: 0, cost: expect.closeTo(0.001, 9) },
    waitStages: { event: 2, delay: 2, decision: 1, ec2: 5, boot: 40, assignment: 2 },
    waitSeconds: { p50: 52, p95: 52, p99: 52, max: 52 },
  });
  expect(figures.timeline).toHaveLength(160);
  expect(figures.waits.count).toBe(1);
  expect(JSON.parse(JSON.stringify(figures))).toEqual(structuredClone(figures));
});
