import type { Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';

/** A job that became runnable and is ours starts, unless a person cancels it. */
export const noJobLost: MakeCheck = () => {
  const waiting = new Map<string, Instant>();
  const lost: Breach[] = [];
  const breach = (subject: string, at: Instant, what: string): Breach => ({
    promise: 'no-job-lost',
    subject,
    at,
    what,
  });

  return {
    witness(fact, at) {
      if (fact.kind === 'job-queued' && fact.fleet !== undefined) waiting.set(fact.job, at);
      else if (fact.kind === 'job-started') waiting.delete(fact.job);
      else if (fact.kind === 'job-ended' && waiting.delete(fact.job) && fact.how !== 'cancelled') {
        lost.push(breach(fact.job, at, 'The forge ended it, as no runner had taken it in a day.'));
      }
    },
    breaches: (end) => [
      ...lost,
      ...(end === undefined
        ? []
        : [...waiting].map(([job]) => breach(job, end, 'It still waits at the end of the run.'))),
    ],
  };
};
