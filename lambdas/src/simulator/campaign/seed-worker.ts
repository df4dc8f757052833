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

/** What a thread says: how many more jobs ended, and, once, what the seed came to. */
export type WorkerWord = { readonly kind: 'jobs'; readonly count: number } | ({ readonly kind: 'done' } & DoneTask);

const say = (word: WorkerWord): void => parentPort?.postMessage(word);

/** Runs what it is told to, one seed after the other. Scenarios may be large, and come once. */
const scenarios = workerData as readonly Scenario[];

parentPort?.on('message', async ({ place, seed }: SeedTask) => {
  const plan = drawPlan(seed, scenarios[place] as Scenario);
  const outcome = await runSeed(plan, (count) => say({ kind: 'jobs', count }));
  say({ kind: 'done', place, seed, outcome });
});
