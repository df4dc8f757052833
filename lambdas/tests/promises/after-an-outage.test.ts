import { describe, expect, test } from '@jest/globals';
import { DeniedError } from '../../src/core/errors.ts';
import type { Job, JobRef } from '../../src/core/job.ts';
import { scaleUp } from '../../src/functions/scale-up/scale-up.ts';
import { type City, city } from '../city/city.ts';
import { aliveMachines, live, liveUntil } from '../city/life.ts';
import { idsFrom, queueJobs } from '../city/traffic.ts';

const place = { type: 'process', zone: 'local' };

describe('after an outage', () => {
  test('six hours without capacity do not count as launches: the jobs run within minutes of its return', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 20 }] });
    const truth = live(town);
    town.compute.cloud.setCapacity(place, 0);
    await queueJobs(town, idsFrom(1, 5));
    await town.clock.advance(6 * 3600);
    town.compute.cloud.setCapacity(place, 100);
    await liveUntil(town, 600, () => truth.runs.size === 5);
  });

  test('hours without capacity use up nothing of the hourly cap', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 20, launchesPerHourLimit: 20 }] });
    const truth = live(town);
    town.compute.cloud.setCapacity(place, 0);
    await queueJobs(town, idsFrom(1, 10));
    await town.clock.advance(3 * 3600);
    town.compute.cloud.setCapacity(place, 100);
    await liveUntil(town, 600, () => truth.runs.size === 10);
  });

  test('a provider that names no place with its lack of capacity is asked again with growing pauses', async () => {
    const town = city({ fleets: [{ runnersMaximumCount: 20 }] });
    const truth = live(town);
    town.compute.cloud.refuseLaunches({ kind: 'capacity', message: 'There is none.' });
    await queueJobs(town, idsFrom(1, 5));
    await town.clock.advance(3600);
    expect(town.compute.counts().launch).toBeLessThan(60);
    town.compute.cloud.refuseLaunches(undefined);
    await liveUntil(town, 600, () => truth.runs.size === 5);
  });

  test('a forge that knew no job for some minutes has its jobs run once it knows them again', async () => {
    const bare = city({ fleets: [{ runnersMaximumCount: 20 }] });
    let isAway = true;
    const getJob = async (ref: JobRef) => (isAway ? null : bare.forge.getJob(ref));
    const openJobs = async function* (repo: string): AsyncGenerator<Job> {
      if (!isAway) yield* bare.forge.openJobs(repo);
    };
    const town: City = { ...bare, world: { ...bare.world, forge: { ...bare.forge, getJob, openJobs } } };
    const truth = live(town, { choose: (jobs) => (isAway ? undefined : jobs[0]) });
    town.compute.cloud.setCapacity(place, 0);
    await queueJobs(town, idsFrom(1, 3));
    await town.clock.advance(1800);
    isAway = false;
    town.compute.cloud.setCapacity(place, 100);
    await liveUntil(town, 1800, () => truth.runs.size === 3);
  });
});

const ring = (town: City) =>
  scaleUp(town.world, [{ receipt: 'r', request: { lane: 'linux-x64/org:acme', reason: 'test' }, receiveCount: 1 }]);

/** Runs to the end of everything that sleeps on the clock for a few seconds. */
async function finish<T>(town: City, work: Promise<T>): Promise<T> {
  let isDone = false;
  void work.finally(() => {
    isDone = true;
  });
  for (let i = 0; i < 600 && !isDone; i++) await town.clock.advance(0.5);
  return work;
}

/** Machines came, and whoever asked for them never heard of it. */
async function townWithLostAnswers(launch: (call: number) => Error | undefined): Promise<City> {
  const bare = city({ fleets: [{ runnersMaximumCount: 3 }] });
  let calls = 0;
  const compute = {
    ...bare.compute,
    launch: async (request: Parameters<typeof bare.compute.launch>[0]) => {
      const error = launch(++calls);
      if (error instanceof DeniedError) throw error;
      const result = await bare.compute.launch(request);
      if (error !== undefined) throw error;
      return result;
    },
  };
  const town: City = { ...bare, world: { ...bare.world, compute } };
  await queueJobs(town, idsFrom(1, 3));
  await finish(town, ring(town));
  return town;
}

describe('a launch whose answer was lost', () => {
  test('is not taken for nothing when its replay is denied', async () => {
    const town = await townWithLostAnswers((call) =>
      call <= 4 ? new Error('timeout') : call === 5 ? new DeniedError('Not now.') : undefined,
    );
    expect(aliveMachines(town)).toHaveLength(3);
    await town.clock.advance(160);
    await finish(town, ring(town));
    await finish(town, ring(town));
    expect(aliveMachines(town)).toHaveLength(3);
  });

  test('is not taken for nothing when the second call is denied', async () => {
    const town = await townWithLostAnswers((call) =>
      call === 1 ? new Error('timeout') : call === 2 ? new DeniedError('Not now.') : undefined,
    );
    await finish(town, ring(town));
    expect(aliveMachines(town)).toHaveLength(3);
  });

  test('stops no other launch of its lane while machines cannot be listed', async () => {
    const bare = city({ fleets: [{ runnersMaximumCount: 20 }] });
    let isLost = true;
    const compute = {
      ...bare.compute,
      launch: async (request: Parameters<typeof bare.compute.launch>[0]) => {
        const result = await bare.compute.launch(request);
        if (isLost) throw new Error('timeout');
        return result;
      },
    };
    const town: City = { ...bare, world: { ...bare.world, compute } };
    await queueJobs(town, [1]);
    await finish(town, ring(town));
    isLost = false;
    await town.clock.advance(400);
    town.compute.breakLists(0);
    await queueJobs(town, [2, 3]);
    const { failed } = await finish(town, ring(town));
    expect(failed).toEqual([]);
    expect(aliveMachines(town)).toHaveLength(3);
  });
});
