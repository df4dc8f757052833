import type { Instant } from '../../core/instant.ts';
import type { FactOf, Witness } from '../facts.ts';

/** A job has begun for the first time. */
export type FirstStart = (start: FactOf<'job-started'>, queuedAt: Instant, at: Instant) => void;

/** Tells of each job's first start, and since when it had waited. It remembers waiting jobs alone. */
export function firstStarts(tell: FirstStart): Witness {
  const queuedAt = new Map<string, Instant>();
  return (fact, at) => {
    switch (fact.kind) {
      case 'job-queued':
        if (!fact.foreign && !queuedAt.has(fact.job)) queuedAt.set(fact.job, at);
        return;
      case 'job-started': {
        const since = queuedAt.get(fact.job);
        if (since === undefined) return;
        queuedAt.delete(fact.job);
        tell(fact, since, at);
        return;
      }
      case 'job-ended':
        queuedAt.delete(fact.job);
    }
  };
}
