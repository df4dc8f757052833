import type { Instance } from '../../core/instance.ts';
import type { Lane } from '../../core/lane.ts';
import { fleetOf } from '../fleet-of.ts';
import { hostPolicyOf } from '../host-policy.ts';
import type { World } from '../world.ts';

/**
 * Rows for machines that are about to be recorded. They come first: a machine finds its own however early it looks, and
 * one that the ledger knows and that has none has lost it, so that it may be a runner that works.
 */
export const openHosts = (world: World, lane: Lane, instances: readonly Instance[]): Promise<void> =>
  openRows(
    world,
    lane,
    instances.filter(({ state }) => state !== 'terminated').map(({ id }) => id),
  );

/** A row that exists stays as it is. */
export async function openRows(world: World, lane: Lane, instanceIds: readonly string[]): Promise<void> {
  if (instanceIds.length === 0) return;
  const policy = hostPolicyOf(fleetOf(world.config)(lane.fleet).fleet, world.timing);
  await world.hosts.open(
    lane,
    instanceIds.map((instanceId) => ({ instanceId, policy })),
  );
}
