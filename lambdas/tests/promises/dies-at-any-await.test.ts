import { describe, expect, test } from '@jest/globals';
import { scaleDown } from '../../src/functions/scale-down/scale-down.ts';
import { scaleUp } from '../../src/functions/scale-up/scale-up.ts';
import { sweep } from '../../src/functions/sweep/sweep.ts';
import type { World } from '../../src/functions/world.ts';
import { type City, city } from '../city/city.ts';
import { aliveMachines, live, liveUntil } from '../city/life.ts';
import { type Death, mortal } from '../city/mortal.ts';
import { idsFrom, queueJobs } from '../city/traffic.ts';

const delivery = { receipt: 'r', request: { lane: 'linux-x64/org:acme', reason: 'test' }, receiveCount: 1 };

/** Runs one invocation that dies at the given call; false: it lived through, and no later call is worth trying. */
async function killed(town: City, death: Death, invoke: (world: World) => Promise<unknown>): Promise<boolean> {
  const dying = mortal(town.world, death);
  const outcome = Promise.race([dying.died.then(() => true), invoke(dying.world).then(() => false)]);
  let answer: boolean | undefined;
  void outcome.then((died) => {
    answer = died;
  });
  for (let i = 0; i < 100 && answer === undefined; i++) await town.clock.advance(0.5);
  return outcome;
}

/** Every call of one invocation, before its effect and after it. */
async function eachDeath(prove: (death: Death) => Promise<boolean>): Promise<number> {
  for (let atCall = 1; ; atCall++) {
    const lived: boolean[] = [];
    for (const when of ['before', 'after'] as const) lived.push(!(await prove({ atCall, when })));
    if (lived.every(Boolean)) return atCall - 1;
  }
}

describe('a function that dies at any await', () => {
  test('scale-up neither forgets a job nor doubles a machine', async () => {
    const deaths = await eachDeath(async (death) => {
      const town = city({ fleets: [{ runnersMaximumCount: 4 }] });
      await queueJobs(town, idsFrom(1, 3));
      const died = await killed(town, death, (world) => scaleUp(world, [delivery]));

      const truth = live(town);
      await liveUntil(town, 4 * 3600, () => truth.runs.size === 3 && aliveMachines(town).length === 0);
      expect({ death, machines: truth.machines, runs: [...truth.runs.values()] }).toEqual({
        death,
        machines: 3,
        runs: [1, 1, 1],
      });
      await liveUntil(town, 4 * 3600, () => town.forge.registrations().length === 0);
      const usage = await town.world.ledger.usage('linux-x64', []);
      expect({ death, used: usage.fleetUsed }).toEqual({ death, used: 0 });
      return died;
    });
    expect(deaths).toBeGreaterThan(15);
  });

  test('scale-down ends no busy runner and leaks none', async () => {
    const deaths = await eachDeath(async (death) => {
      const town = city({ fleets: [{ runnersMaximumCount: 10, minimumRunningTimeMinutes: 1, firstJobMinutes: 60 }] });
      const truth = live(town, { jobSeconds: 600 });
      await queueJobs(town, idsFrom(1, 4));
      await liveUntil(town, 600, () => aliveMachines(town).length === 4);
      for (const id of [1, 2]) town.forge.setJobState(`memory/acme/app/${id}`, 'done');
      await town.clock.advance(90);
      const died = await killed(town, death, (world) => scaleDown(world));
      await liveUntil(
        town,
        4 * 3600,
        () => aliveMachines(town).length === 0 && town.forge.registrations().length === 0,
      );
      expect({ death, kills: truth.busyKills }).toEqual({ death, kills: [] });
      expect(truth.runs.size).toBe(2);
      return died;
    });
    expect(deaths).toBeGreaterThan(5);
  });

  test('the sweep loses no event', async () => {
    const deaths = await eachDeath(async (death) => {
      const town = city();
      await queueJobs(town, [1]);
      const lost = town.forge.jobs()[0];
      if (lost === undefined) throw new Error('no job');
      town.forge.addJob({ ...lost, key: 'memory/acme/app/2', ref: { ...lost.ref, id: '2' } });
      town.forge.missEvent({
        type: 'job',
        deliveryId: 'd',
        action: 'queued',
        job: { ...lost, key: 'memory/acme/app/2', ref: { ...lost.ref, id: '2' } },
      });
      const died = await killed(town, death, (world) => sweep(world));
      const truth = live(town);
      await liveUntil(town, 3600, () => truth.runs.size === 2 && aliveMachines(town).length === 0);
      return died;
    });
    expect(deaths).toBeGreaterThan(5);
  });
});
