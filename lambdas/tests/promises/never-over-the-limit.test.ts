import { describe, expect, test } from '@jest/globals';
import { scaleUp } from '../../src/functions/scale-up/scale-up.ts';
import { type City, city } from '../city/city.ts';
import { aliveMachines, live, liveUntil } from '../city/life.ts';
import { idsFrom, queueJobs } from '../city/traffic.ts';

const ring = (town: City, lanes: readonly string[]) =>
  scaleUp(
    town.world,
    lanes.map((lane, index) => ({ receipt: `r${index}`, request: { lane, reason: 'test' }, receiveCount: 1 })),
  );

/** Runs to the end of everything that sleeps on the clock for a few seconds. */
async function settle(town: City, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  for (let i = 0; i < 600 && !isDone; i++) await town.clock.advance(0.5);
  await work;
}

describe('the limit is the limit', () => {
  test.each([1, 2, 3])(
    '50 concurrent scale-ups with limit 15 and 500 jobs never pass 15, and all 500 run (seed %i)',
    async (seed) => {
      const town = city({ fleets: [{ runnersMaximumCount: 15 }], seed });
      await queueJobs(town, idsFrom(1, 500));
      await settle(town, Promise.all(Array.from({ length: 50 }, () => ring(town, ['linux-x64/org:acme']))));
      expect(aliveMachines(town)).toHaveLength(15);

      const truth = live(town, { jobSeconds: 20, scaleUpsAtOnce: 5 });
      await liveUntil(town, 4 * 3600, () => truth.runs.size === 500 && aliveMachines(town).length === 0);
      expect(truth.peakMachines).toBe(15);
      expect([...truth.runs.values()].every((runs) => runs === 1)).toBe(true);
      expect(town.forge.registrations()).toEqual([]);
    },
  );

  test('two lanes of one fleet share its limit', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 5 }] });
    await queueJobs(town, idsFrom(1, 10), 'acme');
    await queueJobs(town, idsFrom(11, 10), 'beta');
    const lanes = ['linux-x64/org:acme', 'linux-x64/org:beta'];
    await settle(town, Promise.all([ring(town, lanes), ring(town, [...lanes].reverse()), ring(town, lanes)]));
    expect(aliveMachines(town)).toHaveLength(5);

    const truth = live(town);
    await liveUntil(town, 3600, () => truth.runs.size === 20 && aliveMachines(town).length === 0);
    expect(truth.peakMachines).toBe(5);
  });

  test('the limit of the deployment holds over fleets that each have room', async () => {
    const town = city({
      fleets: [
        { name: 'large', labels: ['self-hosted', 'linux', 'x64', 'large'], runnersMaximumCount: 10 },
        { runnersMaximumCount: 10 },
      ],
      limit: 6,
    });
    await queueJobs(town, idsFrom(1, 10));
    await queueJobs(town, idsFrom(11, 10), 'acme', { labels: ['self-hosted', 'large'] });
    const truth = live(town);
    await liveUntil(town, 3600, () => truth.runs.size === 20 && aliveMachines(town).length === 0);
    expect(truth.peakMachines).toBe(6);
  });

  test('at the limit the oldest starved lane is served first', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 2 }] });
    const order: string[] = [];
    const truth = live(town, {
      jobSeconds: 120,
      choose: (jobs) => {
        const [job] = jobs;
        if (job?.owner !== undefined) order.push(job.owner);
        return job;
      },
    });
    await queueJobs(town, [1, 2], 'first');
    await town.clock.advance(40);
    await queueJobs(town, [3, 4], 'old');
    await town.clock.advance(40);
    await queueJobs(town, idsFrom(10, 6), 'young');
    await liveUntil(town, 3600, () => truth.runs.size === 10);
    expect(order).toEqual(['first', 'first', 'old', 'old', ...Array.from({ length: 6 }, () => 'young')]);
    expect(truth.peakMachines).toBe(2);
  });

  test('a lane that capacity holds back keeps no slot from younger ones', async () => {
    const town = city({
      fleets: [
        { name: 'rare', labels: ['self-hosted', 'rare'], instanceTypes: ['rare'], runnersMaximumCount: -1 },
        { runnersMaximumCount: -1 },
      ],
      limit: 3,
    });
    town.compute.cloud.setCapacity({ type: 'rare', zone: 'local' }, 0);
    const truth = live(town);
    await queueJobs(town, idsFrom(1, 5), 'acme', { labels: ['rare'] });
    await town.clock.advance(120);
    await queueJobs(town, idsFrom(10, 6));
    await liveUntil(town, 1800, () => truth.runs.size === 6);
    town.compute.cloud.setCapacity({ type: 'rare', zone: 'local' }, 100);
    await liveUntil(town, 3600, () => truth.runs.size === 11);
    expect(town.queue.deadLetters()).toEqual([]);
  });
});
