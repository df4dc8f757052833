import { ageSeconds, type Instant } from '../../core/instant.ts';
import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';

/** Without a worker it ends at a notice; one that begins that moment would have had two minutes more, and no machine after. */
const spotNotice = 'itself: spot-notice';
/**
 * A host that nobody hears ends under a registration that nobody could remove. The forge may give it a job in that very
 * second, and a worker's process takes a moment to be there: no look can see it sooner.
 */
const endsUnheard: ReadonlySet<string> = new Set(['itself: row-gone', 'itself: control-plane-silent']);
const unseenSeconds = 2;

/** We end no machine under a job that runs on it, but by the hard limit. */
export const noBusyRunnerEnded: MakeCheck = () => {
  const breaches: Breach[] = [];
  const reasons = new Map<string, string>();
  const startedAt = new Map<string, Instant>();
  const killed = (job: string, instance: string, at: Instant): void => {
    const reason = reasons.get(instance) ?? 'unknown';
    const isUnseen = ageSeconds(startedAt.get(job) ?? 0, at) <= unseenSeconds;
    if (reason === spotNotice || (isUnseen && endsUnheard.has(reason))) return;
    const what = `Its machine ${instance} was ended under it (${reason}).`;
    breaches.push({ promise: 'no-busy-runner-ended', subject: job, at, what });
  };
  return {
    witness(fact, at) {
      if (fact.kind === 'instance-ending') reasons.set(fact.instance, `${fact.by}: ${fact.reason}`);
      else if (fact.kind === 'instance-gone') reasons.delete(fact.instance);
      else if (fact.kind === 'job-started') startedAt.set(fact.job, at);
      else if (fact.kind === 'job-ended') {
        if (fact.how === 'killed') killed(fact.job, fact.instance ?? '', at);
        startedAt.delete(fact.job);
      }
    },
    breaches: () => breaches,
  };
};
