import type { Breach } from '../result.ts';
import type { MakeCheck } from './check.ts';

/** We end no machine under a job that runs on it, but by the hard limit. */
export const noBusyRunnerEnded: MakeCheck = () => {
  const breaches: Breach[] = [];
  const reasons = new Map<string, string>();
  return {
    witness(fact, at) {
      if (fact.kind === 'instance-ending') reasons.set(fact.instance, `${fact.by}: ${fact.reason}`);
      else if (fact.kind === 'instance-gone') reasons.delete(fact.instance);
      else if (fact.kind === 'job-ended' && fact.how === 'killed') {
        const reason = reasons.get(fact.instance ?? '') ?? 'unknown';
        const what = `Its machine ${fact.instance} was ended under it (${reason}).`;
        breaches.push({ promise: 'no-busy-runner-ended', subject: fact.job, at, what });
      }
    },
    breaches: () => breaches,
  };
};
