import type { Instant } from '../../core/instant.ts';
import { fleetFor } from '../../core/match.ts';
import type { FactOf } from '../facts.ts';
import type { Breach } from '../result.ts';
import { applicantOf } from './applicant.ts';
import type { CheckedRun, MakeCheck } from './check.ts';

/** A job that became runnable and is ours starts, unless a person cancels it. */
export const noJobLost: MakeCheck = (run) => {
  const waiting = new Map<string, FactOf<'job-queued'>>();
  const lost: Breach[] = [];
  const breach = (subject: string, at: Instant, what: string): Breach => ({
    promise: 'no-job-lost',
    subject,
    at,
    what,
  });

  return {
    witness(fact, at) {
      if (fact.kind === 'job-queued' && fact.fleet !== undefined) waiting.set(fact.job, fact);
      else if (fact.kind === 'job-started') waiting.delete(fact.job);
      else if (fact.kind === 'job-ended') {
        const queued = waiting.get(fact.job);
        if (queued !== undefined && fact.how !== 'cancelled' && isOurs(queued, run)) {
          lost.push(breach(fact.job, at, 'The forge ended it, as no runner had taken it in a day.'));
        }
        waiting.delete(fact.job);
      }
    },
    breaches: (end) => [
      ...lost,
      ...(end === undefined ? [] : [...waiting.values()])
        .filter((queued) => isOurs(queued, run))
        .map(({ job }) => breach(job, end as Instant, 'It still waits at the end of the run.')),
    ],
  };
};

/** A job whose fleet is not configured any more is nobody's, unless another one fits. */
const isOurs = (queued: FactOf<'job-queued'>, run: CheckedRun): boolean =>
  fleetFor(applicantOf(queued), run.fleets()) !== undefined;
