/** Runs seeds until a promise is broken, and says in one line of JSON how it went. */
import type { Scenario } from '../../src/simulator/plan/scenario.ts';
import type { Breach } from '../../src/simulator/result.ts';
import type { GuardMutant } from './guard-mutants.ts';
import { loadMutated } from './mutated-source.ts';

export interface Search {
  readonly mutant: GuardMutant;
  readonly scenario: Scenario;
  readonly fromSeed: number;
  readonly toSeed: number;
}

/** Undefined: every seed kept its promises. */
export type Found = { readonly seed: number; readonly breach: Breach } | null;

async function seekBreach({ mutant, scenario, fromSeed, toSeed }: Search): Promise<Found> {
  loadMutated(mutant);
  // Only now, or the guard would be loaded already.
  const { drawPlan } = await import('../../src/simulator/plan/draw-plan.ts');
  const { simulate } = await import('../../src/simulator/simulate.ts');
  for (let seed = fromSeed; seed <= toSeed; seed++) {
    const { breaches } = await simulate(drawPlan(seed, scenario), []);
    const [breach] = breaches;
    if (breach !== undefined) return { seed, breach };
  }
  return null;
}

process.stdout.write(`${JSON.stringify(await seekBreach(JSON.parse(process.argv[2] ?? '')))}\n`);
