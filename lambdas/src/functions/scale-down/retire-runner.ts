import { type Lane, laneKey } from '../../core/lane.ts';
import type { RunnerPlan } from '../../core/runner-plan.ts';
import type { World } from '../world.ts';

/**
 * Second step of leaving: the host is quiet and said so, now its registration goes. "Removed" is not proof of idleness,
 * as a forge may hand out a job while we ask: so the machine is not ended here. The host does that itself, after one
 * more quiet minute, and a worker at any point cancels it.
 */
export async function retireRunner(world: World, lane: Lane, plan: RunnerPlan): Promise<void> {
  const { row, host } = plan.standing;
  const registration = host?.registration;
  const answer =
    registration === undefined ? 'absent' : await world.forge.removeRunner(lane.scope, refOf(registration));
  if (answer === 'busy') {
    const reason = 'forge-says-busy';
    world.log.info('scale-down', { lane: laneKey(lane), runner: row.instanceId, kind: 'take-back', reason });
    await world.hosts.ask(lane, row.instanceId, null);
    await world.ledger.move(lane, [{ row: { ...row, phase: 'leaving' }, reason }], 'up', world.clock.now());
    return;
  }
  await world.hosts.ask(lane, row.instanceId, 'removed');
}

/** Some grants come without the registration's id; then the name finds it. */
export const refOf = ({ id, name }: { readonly id: string; readonly name: string }) =>
  id === '' ? { name } : { id, name };
