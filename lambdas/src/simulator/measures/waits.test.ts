import { expect, test } from '@jest/globals';
import { percentilesOf } from './histogram.ts';
import { jobEnded, jobQueued, jobStarted, tell } from './testbed.ts';
import { waits } from './waits.ts';

test('a job has waited until its first start, whatever happens to it later', () => {
  const all = waits();
  tell(
    all.hear,
    [0, jobQueued('slow')],
    [10, jobQueued('quick')],
    [10.2, jobStarted('quick', 'i-1')],
    [40, jobStarted('slow', 'i-2')],
    [70, jobStarted('slow', 'i-3')],
  );
  expect(all.data()).toMatchObject({ count: 2, sumSeconds: 40.2 });
  expect(percentilesOf(all.data())).toMatchObject({ p50: 0.2, max: 40 });
});

test('that it was handed out and came back does not begin its wait anew', () => {
  const all = waits();
  tell(
    all.hear,
    [0, jobQueued('job')],
    [20, { kind: 'job-assigned', job: 'job', runner: 'runner', instance: 'i-1' }],
    [83, { kind: 'job-requeued', job: 'job' }],
    [84, jobQueued('job')],
    [90, jobStarted('job', 'i-2')],
  );
  expect(all.data()).toMatchObject({ count: 1, maxSeconds: 90 });
});

test('a job that was cancelled before it began has no wait, and nothing is remembered of it', () => {
  const all = waits();
  tell(
    all.hear,
    [0, jobQueued('job')],
    [20, jobEnded('job', undefined, 'cancelled')],
    [30, jobStarted('job', 'i-1')],
    [40, jobStarted('of somebody else', 'i-1')],
  );
  expect(all.data().count).toBe(0);
});
