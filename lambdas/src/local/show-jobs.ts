import type { LaneFacts } from '../core/balance.ts';
import { laneKey } from '../core/lane.ts';
import type { LaneJob } from '../core/lane-view.ts';
import { jobInLane } from '../functions/lane-job.ts';
import type { World } from '../functions/world.ts';
import type { Decisions } from './decisions.ts';
import type { ShownJob } from './shown-state.ts';

/** Waiting and running jobs, oldest first, each with why it is where it is. */
export async function showJobs(
  world: World,
  lanes: readonly LaneFacts[],
  decisions: Decisions,
): Promise<readonly ShownJob[]> {
  const unmatched = (await world.ledger.unmatchedJobs()).flatMap((row) => jobInLane(row) ?? []);
  return [
    ...lanes.flatMap((facts) =>
      facts.view.jobs.map((job) => shownJob(job, laneKey(facts.view.lane), reasonOf(job, facts, decisions))),
    ),
    ...unmatched.map((job) => shownJob(job, null, 'no-fleet-matches')),
  ].sort((a, b) => a.queuedAt - b.queuedAt);
}

function reasonOf(job: LaneJob, { view }: LaneFacts, decisions: Decisions): string {
  if (job.state === 'running') return 'running';
  if (job.state === 'blocked') return 'not-runnable-yet';
  if (job.doubt !== undefined) return 'forge-says-otherwise';
  const plan = decisions.get(laneKey(view.lane));
  if (plan === undefined) return 'not-looked-at-yet';
  if (plan.kind === 'wait') return plan.reason;
  if (plan.kind === 'launch' && plan.leftReason !== undefined) return plan.leftReason;
  return view.runners.length > 0 || view.intents.length > 0 ? 'runner-boots' : 'not-looked-at-yet';
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
