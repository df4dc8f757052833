import { messageOf } from '../../core/errors.ts';
import type { Instance } from '../../core/instance.ts';
import { ageSeconds } from '../../core/instant.ts';
import { laneKey } from '../../core/lane.ts';
import type { RunnerMove } from '../../ports/ledger.ts';
import { closeRunners, type FreedSlots } from '../close-runners.ts';
import { ringAfterFreeing } from '../ring-after-freeing.ts';
import { hasTime, type World } from '../world.ts';
import type { SweepFacts } from './observe-deployment.ts';

/** Rows without a machine are closed, machines without a row adopted. */
export async function matchMachines(world: World, facts: SweepFacts): Promise<number> {
  if (facts.instances === undefined) return 0;
  const closed = await closeTerminated(world, facts, facts.instances);
  const adopted = await adoptMachines(world, facts, facts.instances);
  return closed + adopted;
}

async function closeTerminated(
  world: World,
  { lanes }: SweepFacts,
  instances: ReadonlyMap<string, Instance>,
): Promise<number> {
  const freed: FreedSlots[] = [];
  for (const { view } of lanes) {
    const closings = view.runners.flatMap((row): RunnerMove[] => {
      const instance = instances.get(row.instanceId);
      return instance?.state === 'terminated' ? [{ row, reason: instance.endReason ?? 'terminated' }] : [];
    });
    if (!hasTime(world)) break;
    const slots = await closeRunners(world, view.lane, closings);
    for (const { row, reason } of closings) {
      world.log.info('sweep', { lane: laneKey(view.lane), runner: row.instanceId, kind: 'close', reason });
    }
    if (slots !== undefined) freed.push(slots);
  }
  await ringAfterFreeing(world, freed);
  return freed.reduce((sum, { count }) => sum + count, 0);
}

/** Only when the intent that it names is closed or unknown, and it is old enough to have been recorded otherwise. */
async function adoptMachines(
  world: World,
  { lanes }: SweepFacts,
  instances: ReadonlyMap<string, Instance>,
): Promise<number> {
  const now = world.clock.now();
  const known = new Set(lanes.flatMap(({ view }) => view.runners.map((row) => row.instanceId)));
  let adopted = 0;
  for (const instance of instances.values()) {
    const isAlive = instance.state === 'pending' || instance.state === 'running';
    if (!isAlive || known.has(instance.id)) continue;
    if (!hasTime(world)) break;
    if (ageSeconds(instance.launchedAt, now) < world.timing.adoptionSeconds) continue;
    try {
      const outcome = await world.ledger.adopt(instance, now);
      if (outcome === 'adopted') adopted += 1;
      world.log.warn('A machine had no row.', { runner: instance.id, lane: instance.lane, kind: outcome });
    } catch (error) {
      world.log.error('A machine could not be adopted.', { runner: instance.id, reason: messageOf(error) });
    }
  }
  return adopted;
}
