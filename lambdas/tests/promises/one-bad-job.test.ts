import { describe, expect, test } from '@jest/globals';
import type { Job, JobRef } from '../../src/core/job.ts';
import { aJob, type City, city } from '../city/city.ts';
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

  test('keeps no other one from being asked about', async () => {
    const broken = idsFrom(1, 60);
    const town = townWithUnreadable(broken.map(String));
    // The forge queued them again when their runners were lost, and told nobody.
    const lost = (job: Job): Job => ({ ...job, state: 'running', runnerName: 'ci-i-0lost' });
    for (const job of [...broken.map((id) => aJob(id, {}, 'broken')), aJob(100, {}, 'sound')]) {
      const known = { ...job, queuedAt: town.clock.now() };
      town.forge.addJob(known);
      await town.world.ledger.record(lost(known), { fleet: 'linux-x64', scope: `org:${job.owner}` }, town.clock.now());
    }
    const truth = live(town, { choose: (jobs) => jobs.find(({ owner }) => owner === 'sound') });
    await liveUntil(town, 1800, () => truth.runs.size === 1);
  });
});

test('a job that matches no fleet, and whose end nobody told us of, is not kept for ever', async () => {
  const town = city();
  live(town);
  await queueJobs(town, [1], 'acme', { labels: ['self-hosted', 'windows'] });
  town.forge.forgetJob('memory/acme/app/1');
  expect(await town.world.ledger.unmatchedJobs()).toHaveLength(1);
  await town.clock.advance(26 * 3600);
  expect(await town.world.ledger.unmatchedJobs()).toEqual([]);
});
