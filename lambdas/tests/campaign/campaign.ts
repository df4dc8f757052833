import { addOutcome, type OutcomeSum, type SeedBreach } from '../../src/simulator/campaign/outcome-sum.ts';
import { runSeeds } from '../../src/simulator/campaign/run-seeds.ts';
import type { Scenario } from '../../src/simulator/plan/scenario.ts';

/** Every option by chance, and heavy faults. */
export const campaignScenario: Scenario = {
  workload: { kind: 'synthetic' },
  faults: 'heavy',
  dropWebhooks: 0,
  prices: {},
  only: {},
};

export interface CampaignOptions {
  /** Run whatever the time. */
  readonly pastSeeds: readonly number[];
  /** Then from this one on. */
  readonly firstSeed: number;
  readonly isOver: () => boolean;
  readonly threads: number;
  readonly onBreach: (breach: SeedBreach) => void;
}

/** As many seeds as there is time for, all together. */
export async function runCampaign(options: CampaignOptions): Promise<OutcomeSum | undefined> {
  let sum: OutcomeSum | undefined;
  const seeds = seedsOf(options);
  await runSeeds({
    scenarios: [campaignScenario],
    next: () => {
      const seed = seeds.next().value;
      return seed === undefined ? undefined : { place: 0, seed };
    },
    onDone({ seed, outcome }) {
      const [breach] = outcome.result.breaches;
      if (breach) options.onBreach({ seed, ...breach });
      sum = addOutcome(sum, outcome);
    },
    threads: options.threads,
  });
  return sum;
}

function* seedsOf({ pastSeeds, firstSeed, isOver }: CampaignOptions): Generator<number, undefined> {
  yield* pastSeeds;
  for (let seed = firstSeed; !isOver(); seed = (seed + 1) % 2 ** 32) yield seed;
  return undefined;
}

/** Below so many seeds, chance alone may leave something out: the rarest happens in one of two hundred. */
const seedsThatReachAll = 2_000;

/** Of what should happen sometimes, what never did, in a campaign long enough to tell. */
export const neverReached = ({ seeds, tally }: OutcomeSum): readonly string[] =>
  seeds < seedsThatReachAll
    ? []
    : Object.entries(tally.sometimes)
        .filter(([, times]) => times === 0)
        .map(([name]) => name);
