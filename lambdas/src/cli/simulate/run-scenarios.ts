import { availableParallelism } from 'node:os';
import { addOutcome, type OutcomeSum } from '../../simulator/campaign/outcome-sum.ts';
import { runSeeds } from '../../simulator/campaign/run-seeds.ts';
import type { SeedTask } from '../../simulator/campaign/seed-worker.ts';
import { drawPlan } from '../../simulator/plan/draw-plan.ts';
import type { SimulateOptions } from './options.ts';
import { progressOn } from './progress.ts';
import type { NamedScenario } from './read-scenarios.ts';

/** Every seed of every configuration. */
export async function runScenarios(
  named: readonly NamedScenario[],
  { seed: first, seeds, threads = availableParallelism() }: SimulateOptions,
): Promise<readonly OutcomeSum[]> {
  const tasks = seedTasks(named.length, first, seeds);
  const sums: (OutcomeSum | undefined)[] = named.map(() => undefined);
  const runs = seeds * named.length;
  const progress =
    seeds > 1 ? progressOn(process.stderr, runs, 'runs') : progressOn(process.stderr, jobsOf(named, first), 'jobs');
  try {
    await runSeeds({
      scenarios: named.map(({ scenario }) => scenario),
      next: () => tasks.next().value,
      onDone({ place, outcome }) {
        sums[place] = addOutcome(sums[place], outcome);
        if (seeds > 1) progress.add(1);
      },
      onJobs: (count) => {
        if (seeds === 1) progress.add(count);
      },
      threads: Math.min(threads, runs),
    });
  } finally {
    progress.stop();
  }
  return sums as readonly OutcomeSum[];
}

const jobsOf = (named: readonly NamedScenario[], seed: number): number =>
  named.reduce((sum, { scenario }) => sum + drawPlan(seed, scenario).workload.count, 0);

function* seedTasks(places: number, first: number, seeds: number): Generator<SeedTask, undefined> {
  for (let seed = first; seed < first + seeds; seed++) {
    for (let place = 0; place < places; place++) yield { place, seed };
  }
  return undefined;
}
