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
  /** With dropped deliveries: by how much each of the above is longer than with all of them. */
  readonly addedWaitSeconds?: Percentiles;
  readonly breaches: readonly SeedBreach[];
}

/** `undropped`: the same runs, with every delivery. */
export function figuresOf(
  named: NamedScenario,
  options: SimulateOptions,
  sum: OutcomeSum,
  undropped?: OutcomeSum,
): Figures {
  const { tally } = sum;
  return {
    config: named.name,
    workload: workloadName(named, options),
    seed: options.seed,
    seeds: sum.seeds,
    failedSeeds: sum.failedSeeds,
    jobs: tally.jobs,
    ran: tally.ran,
    ranTwice: tally.ranTwice,
    lost: tally.lost,
    cancelled: tally.cancelled,
    unmatched: tally.unmatched,
    endedBySpot: tally.endedBySpot,
    endedByForge: tally.endedByForge,
    busyKills: tally.busyKills,
    leakedInstances: tally.leakedInstances,
    leakedRegistrations: tally.leakedRegistrations,
    overLimit: tally.overLimit,
    launched: tally.launched,
    peakRunners: sum.peakRunners,
    virtualSeconds: tally.virtualSeconds,
    waitSeconds: percentilesOf(sum.waits),
    ...(undropped === undefined
      ? {}
      : { addedWaitSeconds: added(percentilesOf(sum.waits), percentilesOf(undropped.waits)) }),
    waitStages: tally.waitStages,
    runnerSeconds: tally.runnerSeconds,
    cost: tally.cost,
    readiness: tally.readiness,
    calls: tally.calls,
    sometimes: byName(tally.sometimes),
    faults: byName(tally.faults),
    breaches: sum.breaches,
  };
}

const added = (longer: Percentiles, shorter: Percentiles): Percentiles => ({
  p50: longer.p50 - shorter.p50,
  p95: longer.p95 - shorter.p95,
  p99: longer.p99 - shorter.p99,
  max: longer.max - shorter.max,
});

const byName = (counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)));

/** Millionths are enough, and sums of fractions look like what they are. */
export const jsonOf = (all: readonly Figures[]): string =>
  JSON.stringify(all.length === 1 ? all[0] : all, (_, value) =>
    typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
  );

/** Where each seed draws another one, there is no name for them all. */
export function workloadName({ scenario }: NamedScenario, { seed, seeds }: SimulateOptions): string {
  const { workload, faults } = scenario;
  const isDrawn = workload.kind === 'synthetic' && workload.name === undefined && faults !== 'none';
  return isDrawn && seeds > 1 ? 'drawn' : drawPlan(seed, scenario).workload.name;
}
