import { parentPort, workerData } from 'node:worker_threads';
import { drawPlan } from '../plan/draw-plan.ts';
import type { Scenario } from '../plan/scenario.ts';
import { runSeed, type SeedOutcome } from '../run-seed.ts';

/** One run: a scenario by its place among those of the campaign, and a seed. */
export interface SeedTask {
  readonly place: number;
  readonly seed: number;
}

export interface DoneTask extends SeedTask {
  readonly outcome: SeedOutcome;
}

/** A thread that runs what it is told to, one seed after the other. Scenarios may be large, and come once. */
const scenarios = workerData as readonly Scenario[];

parentPort?.on('message', async ({ place, seed }: SeedTask) => {
  const outcome = await runSeed(drawPlan(seed, scenarios[place] as Scenario));
  parentPort?.postMessage({ place, seed, outcome } satisfies DoneTask);
});
