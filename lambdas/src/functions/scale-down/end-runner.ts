import type { Lane } from '../../core/lane.ts';
import type { RunnerPlan } from '../../core/runner-plan.ts';
import type { World } from '../world.ts';
import { refOf } from './retire-runner.ts';

/**
 * Ends a machine without its host's word. Deregisters first, so that nothing new is handed out; a forge that says *busy*
 * then has the last word, except against the hard limit. The row closes when the provider calls the machine terminated.
 */
export async function endRunner(world: World, lane: Lane, plan: RunnerPlan): Promise<void> {
  const { row, host } = plan.standing;
  if (plan.kind === 'end-unstarted') {
    const outcome = await world.hosts.void(row.instanceId);
    // It took its grant at the last moment: it is a runner now, and no longer unstarted.
    if (outcome === 'taken') return;
  }
  if (host?.registration !== undefined) {
    const answer = await world.forge.removeRunner(lane.scope, refOf(host.registration));
    if (answer === 'busy' && plan.kind !== 'end-at-hard-limit') return;
  }
  await world.compute.end([row.instanceId], plan.reason);
}
