import { messageOf } from '../../core/errors.ts';
import { inChunks } from '../../core/in-chunks.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import type { RunnerPlan } from '../../core/runner-plan.ts';
import type { World } from '../world.ts';
import { refOf } from './retire-runner.ts';

/** What the provider is asked at once: its calls are rationed, and each takes as long as the last of its machines. */
const machinesAtOnce = 500;

/**
 * Whether a machine may be ended without its host's word. Deregisters first, so that nothing new is handed out; a forge
 * that says *busy* then has the last word, except against the hard limit.
 */
export async function mayEnd(world: World, lane: Lane, plan: RunnerPlan): Promise<boolean> {
  const { row, host } = plan.standing;
  const keep = (reason: string): false => {
    world.log.info('scale-down', { lane: laneKey(lane), runner: row.instanceId, kind: 'keep', reason });
    return false;
  };
  const isUntaken = host !== undefined && host.grantState !== 'taken';
  if (isUntaken && plan.kind !== 'end-at-hard-limit') {
    const outcome = await world.hosts.void(lane, row.instanceId);
    // It took its grant at the last moment: it is a runner now, and no longer unstarted.
    if (outcome === 'taken') return keep('took-its-grant');
  }
  const answer = await deregister(world, lane, plan);
  if (answer !== 'busy' || plan.kind === 'end-at-hard-limit') return true;
  await rememberBusy(world, lane, plan);
  return keep('forge-says-busy');
}

/** The list of runners may call it idle a minute later, and a removal may then succeed under its job. */
async function rememberBusy({ ledger }: World, lane: Lane, { standing, looks }: RunnerPlan): Promise<void> {
  if (looks.silent === undefined) return;
  const { notBusy: _, ...silent } = looks.silent;
  await ledger.noteLooks(lane, standing.row, { ...looks, silent });
}

/** Ends machines together. Their rows close when the provider calls them terminated. */
export async function endRunners({ compute, log }: World, lane: Lane, plans: readonly RunnerPlan[]): Promise<void> {
  for (const reason of new Set(plans.map((plan) => plan.reason))) {
    const those = plans.filter((plan) => plan.reason === reason);
    for (const batch of inChunks(those, machinesAtOnce)) {
      const ids = batch.map(({ standing }) => standing.row.instanceId);
      try {
        await compute.end(ids, reason);
      } catch (error) {
        const runners = ids.join(' ');
        log.error('Runners could not be ended.', { lane: laneKey(lane), runners, reason: messageOf(error) });
      }
    }
  }
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
