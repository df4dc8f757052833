import type { OutcomeSum, SeedBreach } from '../../simulator/campaign/outcome-sum.ts';
import { percentilesOf } from '../../simulator/measures/histogram.ts';
import type { Percentiles, Tally } from '../../simulator/result.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';

/** What `--json` prints of one configuration. */
export interface Figures extends Tally {
  readonly config: string;
  /** The first; `seeds` in a row were run. */
  readonly seed: number;
  readonly seeds: number;
  readonly failedSeeds: readonly number[];
  readonly peakRunners: number;
  readonly waitSeconds: Percentiles;
  readonly breaches: readonly SeedBreach[];
}

export const figuresOf = ({ name }: NamedScenario, { seed }: SimulateOptions, sum: OutcomeSum): Figures => ({
  config: name,
  seed,
  seeds: sum.seeds,
  failedSeeds: sum.failedSeeds,
  ...sum.tally,
  peakRunners: sum.peakRunners,
  waitSeconds: percentilesOf(sum.waits),
  breaches: sum.breaches,
});
