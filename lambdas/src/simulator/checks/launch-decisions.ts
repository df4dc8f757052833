import { after, type Instant } from '../../core/instant.ts';
import type { Witness } from '../facts.ts';
import type { CheckedRun } from './check.ts';

/** When launches were decided on, by what the functions said of it. */
export interface LaunchDecisions {
  readonly witness: Witness;
  /** At the latest; `at`: now that a machine of it comes. */
  madeAt(launchId: string, at: Instant): Instant;
}

export function launchDecisions({ timing }: CheckedRun): LaunchDecisions {
  /** Who died before a word of it: others call for it until the window ends, and a call may take as long as a function. */
  const longestSeconds = timing.launchWindowSeconds + timing.scaleUpLimitSeconds;
  const made = new Map<string, Instant>();
  return {
    madeAt: (launchId, at) => made.get(launchId) ?? after(at, -longestSeconds),
    witness(fact, at) {
      if (fact.kind !== 'log' || fact.message !== 'intent') return;
      made.set(String(fact.fields.launchId), at);
      for (const [launchId, madeAt] of made) {
        if (madeAt >= after(at, -2 * longestSeconds)) break;
        made.delete(launchId);
      }
    },
  };
}
