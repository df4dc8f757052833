import { availableParallelism } from 'node:os';
import { addOutcome, type OutcomeSum } from '../../simulator/campaign/outcome-sum.ts';
import { runSeeds } from '../../simulator/campaign/run-seeds.ts';
import type { SeedTask } from '../../simulator/campaign/seed-worker.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';

/** Every seed of every configuration. */
export async function runScenarios(
  named: readonly NamedScenario[],
  { seed: first, seeds, threads = availableParallelism() }: SimulateOptions,
  onDone: () => void,
): Promise<readonly OutcomeSum[]> {
  const tasks = seedTasks(named.length, first, seeds);
  const sums: (OutcomeSum | undefined)[] = named.map(() => undefined);
  await runSeeds({
    scenarios: named.map(({ scenario }) => scenario),
    next: () => tasks.next().value ?? undefined,
    onDone({ place, outcome }) {
      sums[place] = addOutcome(sums[place], outcome);
      onDone();
    },
    threads: Math.min(threads, seeds * named.length),
  });
  return sums as readonly OutcomeSum[];
}

function* seedTasks(places: number, first: number, seeds: number): Generator<SeedTask, undefined> {
  for (let seed = first; seed < first + seeds; seed++) {
    for (let place = 0; place < places; place++) yield { place, seed };
  }
  return undefined;
}
