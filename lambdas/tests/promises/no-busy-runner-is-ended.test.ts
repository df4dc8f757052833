import { describe, expect, test } from '@jest/globals';
import type { Instance } from '../../src/core/instance.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { HostRow } from '../../src/core/runner.ts';
import { type City, city } from '../city/city.ts';
import { acmeLane } from '../city/invoke.ts';
import { aliveMachines, live, liveUntil } from '../city/life.ts';
import { deliver, idsFrom, queueJobs } from '../city/traffic.ts';

const eager = { runnersMaximumCount: 20, minimumRunningTimeMinutes: 0, firstJobMinutes: 600 };

/** Every runner idle or busy as told by the hosts, and looked at by scale-down all the while. */
async function busyTown(fields: Parameters<typeof live>[1] = {}) {
  const town = city({ fleets: [eager], timing: { scaleDownSeconds: 10 } });
  const truth = live(town, { jobSeconds: 1800, ...fields });
  await queueJobs(town, idsFrom(1, 8));
  await liveUntil(town, 600, () => truth.runs.size === 8);
  return { town, truth };
}

/** Eight busy runners, whose leases can be kept from moving: the control plane then reads them as they were. */
async function townOfLeases() {
  const bare = city({ fleets: [eager], timing: { scaleDownSeconds: 60 } });
  const frozen = new Map<string, HostRow>();
  const read = async (lane: Lane, ids: readonly string[]): Promise<ReadonlyMap<string, HostRow>> => {
    const rows = new Map(await bare.hosts.read(lane, ids));
    for (const id of ids) {
      const row = frozen.get(id);
      if (row !== undefined) rows.set(id, row);
    }
    return rows;
  };
  const town: City = { ...bare, world: { ...bare.world, hosts: { ...bare.hosts, read } } };
  const truth = live(town, { jobSeconds: 5 * 3600 });
  await queueJobs(town, idsFrom(1, 8));
  await liveUntil(town, 600, () => truth.runs.size === 8);
  const rows = await bare.hosts.read(
    acmeLane,
    aliveMachines(town).map(({ id }) => id),
  );
  const silence = (ids: readonly string[]): void => {
    for (const id of ids) {
      const row = rows.get(id);
      if (row !== undefined) frozen.set(id, row);
    }
  };
  return { town, truth, silence };
}

/** Time passes while these runners stay away at the forge. */
async function lookOn(town: City, minutes: number, away: readonly string[]): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    for (const name of away) town.forge.setOnline(name, false);
    await town.clock.advance(60);
  }
}

const names = (town: City): readonly string[] => town.forge.registrations().map(({ name }) => name);

describe('no busy runner is ended by us', () => {
  test('a forge that says not busy, and removes runners from under their jobs, ends none', async () => {
    const { town, truth } = await busyTown();
    town.forge.setDeleteWhileBusy(true);
    for (const name of names(town)) town.forge.setBusy(name, false);
    await town.clock.advance(1700);
    expect(truth.busyKills).toEqual([]);
    expect(aliveMachines(town)).toHaveLength(8);
  });

  test('a forge whose list is empty, or fails, ends none', async () => {
    const { town, truth } = await busyTown();
    for (const name of names(town)) town.forge.setListed(name, false);
    await town.clock.advance(600);
    town.forge.failNext('listRunners', 'before', new Error('502'), 1000);
    await town.clock.advance(600);
    expect(truth.busyKills).toEqual([]);
  });

  test('events that never say in_progress end none: the lease shows the worker', async () => {
    const { town, truth } = await busyTown({ delivers: () => false });
    await town.clock.advance(1500);
    expect(truth.busyKills).toEqual([]);
  });

  test('lists of machines that are empty, or break off, end none', async () => {
    const { town, truth } = await busyTown();
    town.compute.lagLists(100_000);
    await town.clock.advance(200);
    town.compute.lagLists(0);
    town.compute.breakLists(3);
    await town.clock.advance(1000);
    town.compute.breakLists(undefined);
    expect(truth.busyKills).toEqual([]);
    expect((await town.world.ledger.usage('linux-x64', [])).fleetUsed).toBe(8);
  });

  test('all leases silent at once is a fault of ours, not eight lost runners', async () => {
    const { town, truth, silence } = await townOfLeases();
    silence(aliveMachines(town).map(({ id }) => id));
    await lookOn(town, 90, names(town));
    expect(truth.busyKills).toEqual([]);
    expect(aliveMachines(town)).toHaveLength(8);
  });

  test('a silent host whose job the forge still calls running is left alone; once that is done, it is ended', async () => {
    const { town, silence } = await townOfLeases();
    const [silent] = aliveMachines(town) as [Instance];
    const registration = town.hosts.records().find(({ instanceId }) => instanceId === silent.id)?.registration;
    const name = registration?.name ?? 'none';
    const jobKey = town.forge.jobs().find(({ runnerName }) => runnerName === name)?.key ?? 'none';
    silence([silent.id]);
    await lookOn(town, 40, [name]);
    expect(aliveMachines(town)).toHaveLength(8);

    town.forge.finishJob(jobKey, 'failure');
    await lookOn(town, 40, [name]);
    expect(aliveMachines(town).map(({ id }) => id)).not.toContain(silent.id);
    expect(aliveMachines(town)).toHaveLength(7);
  });

  test('a silent host that is online at the forge is left to the hard limit', async () => {
    const { town, truth, silence } = await townOfLeases();
    const [silent] = aliveMachines(town) as [Instance];
    const name = town.hosts.records().find(({ instanceId }) => instanceId === silent.id)?.registration?.name;
    const jobKey = town.forge.jobs().find(({ runnerName }) => runnerName === name)?.key ?? 'none';
    town.forge.setJobState(jobKey, 'done');
    silence([silent.id]);
    await lookOn(town, 60, []);
    expect(truth.busyKills).toEqual([]);
    expect(aliveMachines(town)).toHaveLength(8);
  });

  test('a job handed out while its runner is asked to leave runs to its end', async () => {
    const town = city({ fleets: [{ ...eager, ephemeral: true }], timing: { scaleDownSeconds: 5 } });
    const truth = live(town, { jobSeconds: 300, choose: () => undefined });
    await queueJobs(town, [1]);
    await liveUntil(town, 600, () => names(town).length === 1);
    // The job is cancelled, so that the idle runner is surplus; while it leaves, another one is handed out.
    town.forge.finishJob('memory/acme/app/1', 'cancelled');
    const [name] = names(town);
    await deliver(town, 'memory/acme/app/1');
    const asked = async (): Promise<string | undefined> =>
      town.hosts.records().find(({ registration }) => registration?.name === name)?.ask;
    await liveUntil(town, 900, () => town.hosts.records().some(({ ask }) => ask === 'leave' || ask === 'removed'));
    expect(await asked()).toBeDefined();
    expect(truth.busyKills).toEqual([]);
    await liveUntil(town, 1200, () => aliveMachines(town).length === 0);
    expect(names(town)).toEqual([]);
  });
});
