import { describe, expect, test } from '@jest/globals';
import { ago, aLaneJob, now } from '../../tests/doubles/lane-facts.ts';
import { fleet } from '../../tests/fleet.ts';
import type { FleetConfig } from './config.ts';
import { jobsToRead, needsReading } from './jobs-to-read.ts';
import type { LaneJob } from './lane-view.ts';
import { documentedTiming as timing } from './timing.ts';

describe('a word is old', () => {
  const reads = (job: Partial<LaneJob>, fields: Partial<FleetConfig> = {}): boolean =>
    needsReading(aLaneJob(1, job), fleet({ runnerBootTimeMinutes: 5, ...fields }), timing, now);

  test.each<[string, Partial<LaneJob>, boolean]>([
    ['just queued', {}, false],
    ['waits as long as a boot', { queuedAt: ago(300) }, false],
    ['waits longer than a boot', { queuedAt: ago(301) }, true],
    ['has one launch behind it', { launches: 1 }, false],
    ['has two launches behind it', { launches: 2 }, true],
    ['was read lately', { launches: 2, readAt: ago(299) }, false],
    ['was read long ago', { launches: 2, readAt: ago(300) }, true],
    ['was read, and is in doubt', { readAt: ago(59), doubt: { says: 'unknown', at: ago(59) } }, false],
    ['was read, and is in doubt for a minute', { readAt: ago(60), doubt: { says: 'unknown', at: ago(60) } }, true],
  ])('one that %s: %s', (_, job, isRead) => {
    expect(reads(job)).toBe(isRead);
  });

  test('with the queued check, until it was read once', () => {
    expect(reads({}, { enableJobQueuedCheck: true })).toBe(true);
    expect(reads({ readAt: ago(60) }, { enableJobQueuedCheck: true })).toBe(false);
    expect(reads({ readAt: ago(3_600) }, { enableJobQueuedCheck: true })).toBe(false);
  });
});

describe('before a launch, the forge is asked about', () => {
  const isOld = ({ launches }: LaneJob): boolean => launches > 0;
  const fresh = [1, 2, 3].map((id) => aLaneJob(id));
  const old = [4, 5, 6].map((id) => aLaneJob(id, { launches: 1, queuedAt: ago(id) }));
  const [a, b, c] = old as [LaneJob, LaneJob, LaneJob];
  const waiting = [...fresh, ...old];
  const read = (launchedFor: readonly LaneJob[], count: number, deficit: number): readonly LaneJob[] =>
    jobsToRead({ waiting, deficit }, launchedFor, count, isOld);

  test('those that it is made for, where their word is old', () => {
    expect(read([...fresh, a, b], 5, 6)).toEqual([a, b]);
    expect(read(fresh, 3, 6)).toEqual([]);
  });

  test('those that wait longest, as many as have to wait in truth', () => {
    expect(read(fresh, 3, 5)).toEqual([c]);
    expect(read(fresh, 3, 3)).toEqual([c, b, a]);
    expect(read([a], 1, 3)).toEqual([a]);
    expect(read([a], 1, 1)).toEqual([a, c, b]);
    expect(read([c], 1, 1)).toEqual([c, b, a]);
  });

  test('nobody for a pool beyond all jobs', () => {
    expect(jobsToRead({ waiting: old, deficit: 9 }, [], 4, isOld)).toEqual([]);
  });
});
