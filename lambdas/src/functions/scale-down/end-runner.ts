import { messageOf } from '../../core/errors.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import type { RunnerPlan } from '../../core/runner-plan.ts';
import type { World } from '../world.ts';
import { refOf } from './retire-runner.ts';

/**
 * Ends a machine without its host's word. Deregisters first, so that nothing new is handed out; a forge that says *busy*
 * then has the last word, except against the hard limit. The row closes when the provider calls the machine terminated.
 */
export async function endRunner(world: World, lane: Lane, plan: RunnerPlan): Promise<void> {
  const { row, host } = plan.standing;
  const keep = (reason: string): void =>
    world.log.info('scale-down', { lane: laneKey(lane), runner: row.instanceId, kind: 'keep', reason });
  const isUntaken = host !== undefined && host.grantState !== 'taken';
  if (isUntaken && plan.kind !== 'end-at-hard-limit') {
    const outcome = await world.hosts.void(lane, row.instanceId);
    // It took its grant at the last moment: it is a runner now, and no longer unstarted.
    if (outcome === 'taken') return keep('took-its-grant');
  }
  const answer = await deregister(world, lane, plan);
  if (answer === 'busy' && plan.kind !== 'end-at-hard-limit') return keep('forge-says-busy');
  await world.compute.end([row.instanceId], plan.reason);
}

/** What can't ever work, or is past its limit, needs no word of the forge's: else a forge that is gone would keep it. */
async function deregister(
  world: World,
  lane: Lane,
  plan: RunnerPlan,
): Promise<'removed' | 'busy' | 'absent' | 'unknown'> {
  const { row, host } = plan.standing;
  if (host?.registration === undefined) return 'absent';
  try {
    return await world.forge.removeRunner(lane.scope, refOf(host.registration));
  } catch (error) {
    if (plan.kind === 'end-lost') throw error;
    world.log.warn('A registration could not be removed; the sweep removes it, as its machine ends.', {
      runner: row.instanceId,
      reason: messageOf(error),
    });
    return 'unknown';
  }
}
