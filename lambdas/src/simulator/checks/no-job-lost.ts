import type { FleetConfig } from '../../core/config.ts';
import { ageSeconds, type Instant } from '../../core/instant.ts';
import { fleetFor } from '../../core/match.ts';
import type { FactOf } from '../facts.ts';
import type { Breach } from '../result.ts';
import { applicantOf } from './applicant.ts';
import type { CheckedRun, MakeCheck } from './check.ts';
import { freeSlots } from './free-slots.ts';

/** A job that became runnable and is ours starts, unless a person cancels it, or the limits leave no room for it until it expires. */
export const noJobLost: MakeCheck = (run) => {
  const slots = freeSlots(run);
  const waiting = new Map<string, FactOf<'job-queued'>>();
  const lost: Breach[] = [];
  const isHeld = ({ name }: FleetConfig, at: Instant): boolean =>
    ageSeconds(slots.heldUntil(name, at), at) <= heldSeconds;
  const breach = (subject: string, at: Instant, what: string): Breach => ({
    promise: 'no-job-lost',
    subject,
    at,
    what,
  });

  return {
    witness(fact, at) {
      slots.witness(fact, at);
      if (fact.kind === 'job-queued' && fact.fleet !== undefined) waiting.set(fact.job, fact);
      else if (fact.kind === 'job-started') waiting.delete(fact.job);
      else if (fact.kind === 'job-ended') {
        const queued = waiting.get(fact.job);
        const fleet = fact.how === 'cancelled' ? undefined : queued && takerOf(queued, run);
        if (fleet !== undefined && !isHeld(fleet, at)) {
          lost.push(breach(fact.job, at, 'The forge ended it, as no runner had taken it in a day.'));
        }
        waiting.delete(fact.job);
      }
    },
    breaches: (end) => [
      ...lost,
      ...(end === undefined ? [] : [...waiting.values()])
        .filter((queued) => takerOf(queued, run) !== undefined)
        .map(({ job }) => breach(job, end as Instant, 'It still waits at the end of the run.')),
    ],
  };
};

/** A job whose fleet is not configured any more is nobody's, unless another one fits. */
const takerOf = (queued: FactOf<'job-queued'>, run: CheckedRun): FleetConfig | undefined =>
  fleetFor(applicantOf(queued), run.fleets());

/** What a limit keeps waiting for a day is as was configured; what had a free slot for longer than this is not. */
const heldSeconds = 3600;
