import { messageOf } from '../../core/errors.ts';
import { inChunks } from '../../core/in-chunks.ts';
import type { Lane, Scope } from '../../core/lane.ts';
import { instanceOfName } from '../../core/runner-name.ts';
import { inParallel } from '../in-parallel.ts';
import type { World } from '../world.ts';
import type { FleetLook } from './what-is-left.ts';

const machinesAtOnce = 500;
const callsAtOnce = 10;

/** Ends every machine, whatever it does. One that has not begun is kept from beginning first. */
export async function endAll({ compute, hosts }: World, { alive, known }: FleetLook): Promise<void> {
  await inParallel(alive, callsAtOnce, async (id) => {
    const lane = known.get(id);
    if (lane !== undefined) await hosts.void(lane, id);
  });
  for (const ids of inChunks(alive, machinesAtOnce)) await compute.end(ids, 'force-destroyed');
}

/** Removes what machines that are gone left at the forge. Answers the names of those that it calls busy, or would not say. */
export async function removeRegistrations(world: World, known: ReadonlyMap<string, Lane>): Promise<readonly string[]> {
  const { config, forge, log } = world;
  const scopes = [...new Set([...known.values()].map(({ scope }) => scope))];
  const kept: string[] = [];
  for (const scope of scopes) {
    try {
      for (const ref of await registrationsOf(world, scope)) {
        const id = instanceOfName(config.prefix, ref.name);
        if (id === undefined || known.get(id)?.scope !== scope) continue;
        if ((await forge.removeRunner(scope, ref)) === 'busy') kept.push(ref.name);
      }
    } catch (error) {
      log.warn('Registrations could not be removed.', { scope, reason: messageOf(error) });
      kept.push(`those of ${scope}`);
    }
  }
  return kept;
}

async function registrationsOf({ forge }: World, scope: Scope) {
  const found: { readonly id: string; readonly name: string }[] = [];
  for await (const { id, name } of forge.listRunners(scope)) found.push({ id, name });
  return found;
}
