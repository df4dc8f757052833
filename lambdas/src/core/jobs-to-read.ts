import { type Balance, longestWaitingFirst } from './balance.ts';
import type { FleetConfig } from './config.ts';
import { firstInOrder } from './first-in-order.ts';
import { after, ageSeconds, type Instant } from './instant.ts';
import type { LaneJob } from './lane-view.ts';
import type { Timing } from './timing.ts';

/**
 * Whatever the queued check says: a job that has waited longer than a boot, or for which two launches were made, is
 * read at the forge before it counts again. So no machine is started again and again for a job that is not there.
 */
export function needsReading(job: LaneJob, fleet: FleetConfig, timing: Timing, now: Instant): boolean {
  if (job.readAt !== undefined && now < after(job.readAt, timing.jobReadSeconds)) {
    return job.doubt !== undefined && now >= after(job.doubt.at, timing.rereadSeconds);
  }
  if (fleet.enableJobQueuedCheck && job.readAt === undefined) return true;
  return job.launches >= 2 || ageSeconds(job.queuedAt, now) > fleet.runnerBootTimeMinutes * 60;
}

/**
 * Whom the forge is asked about before `count` machines are launched: the jobs that they are launched for, and as many of
 * the others as have to wait in truth for that many to be wanted. Those have more launches behind them, so that nothing
 * is launched for them, and nobody would ever doubt what an old word says of them.
 */
export function jobsToRead(
  { waiting, deficit }: Pick<Balance, 'waiting' | 'deficit'>,
  launchedFor: readonly LaneJob[],
  count: number,
  isOld: (job: LaneJob) => boolean,
): readonly LaneJob[] {
  const chosen = launchedFor.filter(isOld);
  const wanted = waiting.length - (deficit - count) - chosen.length;
  let sure = 0;
  const others: LaneJob[] = [];
  for (const job of waiting) {
    // Of thousands that wait, nearly always a few are enough.
    if (sure >= wanted) return chosen;
    if (!isOld(job)) sure += 1;
    else if (!chosen.includes(job)) others.push(job);
  }
  return [...chosen, ...firstInOrder(others, wanted - sure, longestWaitingFirst)];
}
