import { type LaneFacts, longestWaitingFirst } from '../core/balance.ts';
import { firstInOrder } from '../core/first-in-order.ts';
import type { Instant } from '../core/instant.ts';
import { laneKey } from '../core/lane.ts';
import type { LaneJob } from '../core/lane-view.ts';
import type { ScaleUpPlan } from '../core/scale-up-plan.ts';
import { fleetOf } from '../functions/fleet-of.ts';
import { balanceNow } from '../functions/lane-facts.ts';
import { jobInLane } from '../functions/lane-job.ts';
import type { World } from '../functions/world.ts';
import type { Decisions } from './decisions.ts';
import type { ShownJob } from './shown-state.ts';

/** Waiting and running jobs, oldest first, each with why it is where it is. */
export async function showJobs(
  world: World,
  lanes: readonly LaneFacts[],
  decisions: Decisions,
  now: Instant,
): Promise<readonly ShownJob[]> {
  const unmatched = (await world.ledger.unmatchedJobs()).flatMap((row) => jobInLane(row) ?? []);
  return [
    ...lanes.flatMap((facts) => showLane(world, facts, decisions.get(laneKey(facts.view.lane)), now)),
    ...unmatched.map((job) => shownJob(job, null, 'no-fleet-matches')),
  ].sort((a, b) => a.queuedAt - b.queuedAt);
}

/** The oldest jobs are served first, so as many as there is supply wait for a runner, and the others for a decision. */
function showLane(world: World, facts: LaneFacts, plan: ScaleUpPlan | undefined, now: Instant): readonly ShownJob[] {
  const { fleet } = fleetOf(world.config)(facts.view.lane.fleet);
  const { waiting, supply } = balanceNow(world, fleet, facts, now);
  const served = new Set(firstInOrder(waiting, supply, longestWaitingFirst).map(({ key }) => key));
  const lane = laneKey(facts.view.lane);
  return facts.view.jobs.map((job) => shownJob(job, lane, served.has(job.key) ? 'runner-boots' : reasonOf(job, plan)));
}

function reasonOf(job: LaneJob, plan: ScaleUpPlan | undefined): string {
  if (job.state === 'running') return 'running';
  if (job.state === 'blocked') return 'not-runnable-yet';
  if (job.doubt !== undefined) return 'forge-says-otherwise';
  if (plan?.kind === 'wait') return plan.reason;
  return (plan?.kind === 'launch' ? plan.leftReason : undefined) ?? 'not-looked-at-yet';
}

const shownJob = (job: LaneJob, lane: string | null, reason: string): ShownJob => ({
  key: job.key,
  repository: job.ref.repo,
  id: job.ref.id,
  state: job.state,
  reason,
  lane,
  queuedAt: job.queuedAt,
  ...(job.startedAt === undefined ? {} : { startedAt: job.startedAt }),
  ...(job.runnerName === undefined ? {} : { runner: job.runnerName }),
});
