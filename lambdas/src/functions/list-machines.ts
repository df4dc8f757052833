import type { LaneFacts } from '../core/balance.ts';
import type { Instance } from '../core/instance.ts';
import type { World } from './world.ts';

/**
 * The deployment's machines, and what became of those that lanes still count. For an hour providers list those that ended
 * as well, and there may be many times as many of them as of the others: only those with a row are asked about.
 */
export async function listMachines(
  { compute }: World,
  lanes: readonly LaneFacts[],
): Promise<ReadonlyMap<string, Instance>> {
  const found = new Map<string, Instance>();
  for await (const instance of compute.list({ isAlive: true })) found.set(instance.id, instance);
  const rows = lanes.flatMap(({ view }) => view.runners);
  const missing = rows.map(({ instanceId }) => instanceId).filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  for await (const instance of compute.list({ ids: missing })) found.set(instance.id, instance);
  return found;
}
