import { describe, expect, test } from '@jest/globals';
import type { JobRef } from '../../src/core/job.ts';
import { type City, city } from '../city/city.ts';
import { live, liveUntil } from '../city/life.ts';
import { idsFrom, queueJobs } from '../city/traffic.ts';

/** A town whose forge refuses to be asked about these jobs, for ever. */
function townWithUnreadable(ids: readonly string[], options: Parameters<typeof city>[0] = {}): City {
  const bare = city(options);
  const getJob = (ref: JobRef) =>
    ids.includes(ref.id) ? Promise.reject(new Error('403 from the forge')) : bare.forge.getJob(ref);
  return { ...bare, world: { ...bare.world, forge: { ...bare.forge, getJob } } };
}

describe('a job that cannot be read at the forge', () => {
  test('holds back no other job of its lane', async () => {
    const town = townWithUnreadable(['1'], { fleets: [{ runnersMaximumCount: 20 }] });
    const truth = live(town, { choose: (jobs) => jobs.find(({ ref }) => ref.id !== '1') });
    await queueJobs(town, [1]);
    await town.clock.advance(1200);
    await queueJobs(town, idsFrom(2, 5));
    await liveUntil(town, 600, () => truth.runs.size === 5);
    expect(town.queue.deadLetters()).toEqual([]);
  });
});
