import type { OutcomeSum, SeedBreach } from '../../simulator/campaign/outcome-sum.ts';
import { percentilesOf } from '../../simulator/measures/histogram.ts';
import { drawPlan } from '../../simulator/plan/draw-plan.ts';
import type { Percentiles, Tally } from '../../simulator/result.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';

/** What `--json` prints of one configuration. */
export interface Figures extends Tally {
  readonly config: string;
  readonly workload: string;
  /** The first; `seeds` in a row were run. */
  readonly seed: number;
  readonly seeds: number;
  readonly failedSeeds: readonly number[];
  readonly peakRunners: number;
  readonly waitSeconds: Percentiles;
  readonly breaches: readonly SeedBreach[];
}

export const figuresOf = (named: NamedScenario, options: SimulateOptions, sum: OutcomeSum): Figures => ({
  config: named.name,
  workload: workloadName(named, options),
  seed: options.seed,
  seeds: sum.seeds,
  failedSeeds: sum.failedSeeds,
  ...sum.tally,
  peakRunners: sum.peakRunners,
  waitSeconds: percentilesOf(sum.waits),
  breaches: sum.breaches,
});

/** Where each seed draws another one, there is no name for them all. */
export function workloadName({ scenario }: NamedScenario, { seed, seeds }: SimulateOptions): string {
  const { workload, faults } = scenario;
  const isDrawn = workload.kind === 'synthetic' && workload.name === undefined && faults !== 'none';
  return isDrawn && seeds > 1 ? 'drawn' : drawPlan(seed, scenario).workload.name;
}
