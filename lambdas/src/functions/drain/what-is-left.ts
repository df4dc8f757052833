import type { Instance } from '../../core/instance.ts';
import { type Lane, laneOf } from '../../core/lane.ts';
import type { Standing } from '../../core/runner-state.ts';
import { fleetOf } from '../fleet-of.ts';
import { balanceNow, readLaneFacts } from '../lane-facts.ts';
import type { World } from '../world.ts';

export interface FleetLook {
  /** What still runs, in words. */
  readonly left: readonly string[];
  /** Machines that are not gone. */
  readonly alive: readonly string[];
  /** Every machine that is or was the fleet's, with the lane that it served. */
  readonly known: ReadonlyMap<string, Lane>;
}

/** Looks at the ledger and at the provider. Throws rather than leave something out. */
export async function lookAtFleet(world: World, name: string): Promise<FleetLook> {
  const { fleet } = fleetOf(world.config, new Set([name]))(name);
  const known = new Map<string, Lane>();
  const runners = new Map<string, string>();
  const launches: string[] = [];
  for (const lane of (await world.ledger.lanes()).filter((one) => one.fleet === name)) {
    const facts = await readLaneFacts(world, lane);
    const { standings } = balanceNow(world, fleet, facts, world.clock.now());
    for (const standing of standings) {
      known.set(standing.row.instanceId, lane);
      runners.set(standing.row.instanceId, wordsOf(standing));
    }
    launches.push(...facts.view.intents.map(({ launchId, count }) => `a launch of ${count} (${launchId})`));
  }
  const machines = await machinesOf(world, name);
  for (const { id, lane: key } of machines) {
    const lane = laneOf(key);
    if (lane !== undefined) known.set(id, lane);
  }
  const alive = machines.filter(({ state }) => state !== 'terminated');
  for (const { id, bypassRemoval } of alive) {
    if (bypassRemoval) runners.set(id, `${runners.get(id) ?? id}, kept by its tag ghr:bypass-removal`);
    else if (!runners.has(id)) runners.set(id, `${id} (not registered yet)`);
  }
  return { left: [...runners.values(), ...launches], alive: alive.map(({ id }) => id), known };
}

async function machinesOf({ compute }: World, fleet: string): Promise<readonly Instance[]> {
  const machines: Instance[] = [];
  for await (const machine of compute.list({})) if (machine.fleet === fleet) machines.push(machine);
  return machines;
}

function wordsOf({ row, job, state }: Standing): string {
  const doing = job === undefined ? state : `busy with job ${job.ref.id} of ${job.ref.repo}`;
  return `${row.instanceId} (${doing})`;
}
