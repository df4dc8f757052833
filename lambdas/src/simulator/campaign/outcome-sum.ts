import { type HistogramData, mergedHistograms } from '../measures/histogram.ts';
import { addTallies } from '../measures/tallies.ts';
import type { Breach, Tally, TimelinePoint } from '../result.ts';
import type { SeedOutcome } from '../run-seed.ts';

/** Seeds of one scenario, put together as they come. */
export interface OutcomeSum {
  /** How many. */
  readonly seeds: number;
  readonly failedSeeds: readonly number[];
  readonly tally: Tally;
  /** The highest. */
  readonly peakRunners: number;
  readonly waits: HistogramData;
  /** All of a single seed; of several, the first of each that failed, as long as they can be read. */
  readonly breaches: readonly SeedBreach[];
  /** Of the first seed. */
  readonly timeline: readonly TimelinePoint[];
  /** The widest that a seed drew; -1: none. */
  readonly limit: number;
}

export interface SeedBreach extends Breach {
  readonly seed: number;
}

const readableBreaches = 20;

/** The sum so far, or none, and one more seed. */
export function addOutcome(sum: OutcomeSum | undefined, outcome: SeedOutcome): OutcomeSum {
  const one = sumOf(outcome);
  if (sum === undefined) return one;
  return {
    seeds: sum.seeds + one.seeds,
    failedSeeds: [...sum.failedSeeds, ...one.failedSeeds],
    tally: addTallies(sum.tally, one.tally),
    peakRunners: Math.max(sum.peakRunners, one.peakRunners),
    waits: mergedHistograms(sum.waits, one.waits),
    breaches: [...firstOfEach(sum), ...firstOfEach(one)].slice(0, readableBreaches),
    timeline: sum.timeline,
    limit: sum.limit < 0 || one.limit < 0 ? -1 : Math.max(sum.limit, one.limit),
  };
}

function sumOf({ result, timeline, waits, limit }: SeedOutcome): OutcomeSum {
  const { seed, peakRunners, waitSeconds: _, breaches: broken, ...tally } = result;
  const breaches = broken.map((breach) => ({ seed, ...breach }));
  return {
    seeds: 1,
    failedSeeds: broken.length > 0 ? [seed] : [],
    tally,
    peakRunners,
    waits,
    breaches,
    timeline,
    limit,
  };
}

const firstOfEach = ({ seeds, breaches }: OutcomeSum): readonly SeedBreach[] =>
  seeds > 1 ? breaches : breaches.slice(0, 1);
