import { after, ageSeconds, type Instant } from '../../core/instant.ts';
import { fleetFor } from '../../core/match.ts';
import type { FactOf } from '../facts.ts';
import type { Breach } from '../result.ts';
import { applicantOf } from './applicant.ts';
import type { MakeCheck } from './check.ts';
import { freeSlots } from './free-slots.ts';

/**
 * From the end of all faults until a job runs: a launch that nobody knows the outcome of is settled after a quarter of an
 * hour, and counts until then; a waiting lane looks again every five minutes; then a machine boots.
 */
const usualLimitSeconds = 30 * 60;

/** Launches after which a job, or an image, is tried now and then only. */
const triesBeforeProbing = 3;

/**
 * Once the world is well and slots are free, a job that waits starts soon. What counts is the fleet that would take it
 * today: fleets may have come or gone since it was queued, and it waits for a slot of the first that fits.
 */
export const noJobLate: MakeCheck = (run) => {
  const slots = freeSlots(run);
  const waiting = new Map<string, { readonly from: Instant; readonly queued: FactOf<'job-queued'> }>();
  const breaches: Breach[] = [];

  const limitSeconds = (fleet: string, from: Instant): number => {
    const { probeLastSeconds } = run.timing;
    const boot = (run.fleets().find(({ name }) => name === fleet)?.runnerBootTimeMinutes ?? 0) * 60;
    const hasFailed = slots.failedAt(fleet) >= after(from, -2 * probeLastSeconds);
    const isProbed = hasFailed || slots.launchedSince(fleet, from) >= triesBeforeProbing;
    return usualLimitSeconds + boot + (isProbed ? probeLastSeconds + boot : 0);
  };
  const judge = (job: string, at: Instant): void => {
    const known = waiting.get(job);
    waiting.delete(job);
    if (known === undefined || at <= run.faultsEndAt) return;
    const { from, queued } = known;
    const fleet = fleetFor(applicantOf(queued), run.fleets())?.name;
    if (fleet === undefined) return;
    const freeFrom = Math.max(from, run.faultsEndAt, slots.heldUntil(fleet, at));
    const seconds = ageSeconds(freeFrom, at);
    if (seconds <= limitSeconds(fleet, from)) return;
    const what = `It waited for ${Math.round(seconds / 60)} minutes after faults were over and slots were free.`;
    breaches.push({ promise: 'no-job-lost', subject: job, at, what });
  };

  return {
    witness(fact, at) {
      slots.witness(fact, at);
      if (fact.kind === 'job-queued' && !fact.foreign) waiting.set(fact.job, { from: at, queued: fact });
      else if (fact.kind === 'job-started') judge(fact.job, at);
      else if (fact.kind === 'job-ended') waiting.delete(fact.job);
    },
    breaches: () => breaches,
  };
};
