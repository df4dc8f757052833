import { laneKey } from '../core/lane.ts';
import type { FreedSlots } from './close-runners.ts';
import { longestStarving } from './longest-starving.ts';
import type { World } from './world.ts';

/**
 * A slot is free: rings for the lane that has starved longest in that fleet, and in the deployment, without delay. The
 * lane itself is rung for where it may have jobs that the gone runner was to take, or that waited for its slot.
 */
export async function ringAfterFreeing(world: World, freed: readonly FreedSlots[]): Promise<void> {
  const rung = new Set<string>();
  for (const slots of freed) if (isMissed(slots) || wasFull(world, slots)) rung.add(laneKey(slots.lane));
  for (const { lane, usage } of freed) for (const other of longestStarving(world, lane.fleet, usage)) rung.add(other);
  if (rung.size === 0) return;
  await world.queue.send(
    [...rung].map((lane) => ({ lane, reason: 'slot-freed' })),
    0,
  );
}

/** One whose job is done was supply no more since it began with it, so that its end changes nothing for its lane. */
const isMissed = ({ areJobsDone }: FreedSlots): boolean => !areJobsDone;

/** The lane may be about to say that it starves, or have a pool that waits for a slot: of neither the list tells. */
function wasFull({ config }: World, { lane, count, usage }: FreedSlots): boolean {
  const fleetLimit = config.fleets.find(({ name }) => name === lane.fleet)?.runnersMaximumCount ?? -1;
  const isReached = (limit: number, used: number): boolean => limit >= 0 && used + count >= limit;
  return isReached(fleetLimit, usage.fleetUsed) || isReached(config.runnersMaximumCount, usage.deploymentUsed);
}
