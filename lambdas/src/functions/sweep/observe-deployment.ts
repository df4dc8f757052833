import type { LaneFacts } from '../../core/balance.ts';
import type { Config } from '../../core/config.ts';
import { messageOf } from '../../core/errors.ts';
import type { Instance } from '../../core/instance.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import { inParallel } from '../in-parallel.ts';
import { readLaneFacts } from '../lane-facts.ts';
import { listMachines } from '../list-machines.ts';
import type { World } from '../world.ts';

export interface SweepFacts {
  /** Those that could be read. */
  readonly lanes: readonly LaneFacts[];
  readonly areAllLanesRead: boolean;
  /** Undefined: the list failed, and what is not known changes nothing. */
  readonly instances: ReadonlyMap<string, Instance> | undefined;
}

const readsAtOnce = 8;

/** Lanes come from the ledger, and from pools that may be due where nothing ever ran. */
export async function observeDeployment(world: World): Promise<SweepFacts> {
  const lanes = withPoolLanes(await world.ledger.lanes(), world.config);
  const results = await inParallel(lanes, readsAtOnce, (lane) => readLaneFacts(world, lane));
  const facts = results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [result.value];
    const lane = laneKey(lanes[index] as Lane);
    world.log.error('A lane could not be read.', { lane, reason: messageOf(result.reason) });
    return [];
  });
  return { lanes: facts, areAllLanesRead: facts.length === lanes.length, instances: await knownMachines(world, facts) };
}

function withPoolLanes(lanes: readonly Lane[], config: Config): readonly Lane[] {
  const all = new Map(lanes.map((lane) => [laneKey(lane), lane]));
  for (const { name, poolScope } of config.fleets) {
    if (poolScope === undefined) continue;
    const lane: Lane = { fleet: name, scope: poolScope };
    all.set(laneKey(lane), lane);
  }
  return [...all.values()];
}

async function knownMachines(
  world: World,
  lanes: readonly LaneFacts[],
): Promise<ReadonlyMap<string, Instance> | undefined> {
  try {
    return await listMachines(world, lanes);
  } catch (error) {
    world.log.warn('The machines could not be listed.', { reason: messageOf(error) });
    return undefined;
  }
}
