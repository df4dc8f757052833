import type { Fact, Witness } from '../facts.ts';
import { everySometimes } from './every-sometimes.ts';
import type { Sometimes, Teller } from './sometimes.ts';

/** How often each branch was reached in one run, 0 for those that were not. */
export interface SometimesCount {
  readonly witness: Witness;
  counts(): Readonly<Record<string, number>>;
}

interface Listener {
  readonly name: string;
  readonly isReached: (fact: Fact) => boolean;
}

export function countSometimes(branches: readonly Sometimes[] = everySometimes): SometimesCount {
  const reached = new Map(branches.map(({ name }) => [name, 0]));
  const listeners = new Map<Teller, Listener[]>();
  for (const { name, hears, begin } of branches) {
    const listener = { name, isReached: begin() };
    for (const teller of hears) listeners.set(teller, [...(listeners.get(teller) ?? []), listener]);
  }
  return {
    // Millions of facts come by, and most are of a kind that no branch hears.
    witness(fact) {
      const heard = listeners.get(fact.kind === 'log' ? fact.by : fact.kind);
      if (heard === undefined) return;
      for (const { name, isReached } of heard) if (isReached(fact)) reached.set(name, (reached.get(name) ?? 0) + 1);
    },
    counts: () => Object.fromEntries(reached),
  };
}
