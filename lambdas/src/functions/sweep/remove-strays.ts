import { messageOf } from '../../core/errors.ts';
import { ageSeconds } from '../../core/instant.ts';
import type { Scope } from '../../core/lane.ts';
import type { Registration } from '../../core/registration.ts';
import { instanceOfName } from '../../core/runner-name.ts';
import { hasTime, type World } from '../world.ts';
import type { SweepFacts } from './observe-deployment.ts';

const cursorName = 'strays-looked-for-at';

/** Registrations without an instance: only names that are ours, offline, and so for long enough. */
export async function removeStrays(world: World, facts: SweepFacts): Promise<number> {
  const { clock, ledger, timing } = world;
  const lookedAt = Number((await ledger.cursor(cursorName)) ?? 0);
  if (facts.instances === undefined || ageSeconds(lookedAt, clock.now()) < timing.strayRegistrationSeconds / 2)
    return 0;
  const scopes = [...new Set(facts.lanes.map(({ view }) => view.lane.scope))];
  let removed = 0;
  for (const scope of scopes) {
    // No cursor is saved: the next sweep looks again.
    if (!hasTime(world)) return removed;
    try {
      removed += await removeStraysOf(world, facts, scope);
    } catch (error) {
      world.log.warn('Registrations could not be looked at.', { scope, reason: messageOf(error) });
    }
  }
  await ledger.saveCursor(cursorName, String(clock.now()));
  return removed;
}

async function removeStraysOf(world: World, facts: SweepFacts, scope: Scope): Promise<number> {
  const { clock, forge, ledger, timing, log } = world;
  const noted = await ledger.strays(scope);
  const seen = new Set<string>();
  const now = clock.now();
  let removed = 0;
  for await (const registration of forge.listRunners(scope)) {
    if (!isStray(world, facts, registration)) continue;
    seen.add(registration.id);
    const since = noted.get(registration.id);
    if (since === undefined) {
      await ledger.noteStray(scope, registration.id, now);
    } else if (ageSeconds(since, now) >= timing.strayRegistrationSeconds) {
      const kind = await forge.removeRunner(scope, { id: registration.id, name: registration.name });
      log.info('sweep', { scope, runner: registration.name, kind, reason: 'registration-without-instance' });
      if (kind !== 'busy') removed += 1;
    }
  }
  // Gone or back online: no longer suspected.
  for (const id of noted.keys()) if (!seen.has(id)) await ledger.noteStray(scope, id, null);
  return removed;
}

function isStray({ config }: World, facts: SweepFacts, registration: Registration): boolean {
  if (registration.online) return false;
  const instanceId = instanceOfName(config.prefix, registration.name);
  if (instanceId === undefined) return false;
  const instance = facts.instances?.get(instanceId);
  const hosts = facts.lanes.map((lane) => lane.hosts.get(instanceId)).find((host) => host !== undefined);
  const isAlive = instance !== undefined && instance.state !== 'terminated';
  if (!isAlive) return true;
  // Its machine became a runner under another name: this one was made by a call whose answer was lost.
  return hosts?.registration !== undefined && hosts.registration.name !== registration.name;
}
