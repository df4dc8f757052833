import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { drawPlan } from '../plan/draw-plan.ts';
import type { Scenario } from '../plan/scenario.ts';
import { runSeed } from '../run-seed.ts';
import type { DoneTask, SeedTask, WorkerWord } from './seed-worker.ts';

export interface RunSeedsOptions {
  readonly scenarios: readonly Scenario[];
  /** Asked for one more whenever a thread is free; undefined: that was all. */
  readonly next: () => SeedTask | undefined;
  /** In the order in which the tasks were given out, whichever was done first: sums come out the same. */
  readonly onDone: (done: DoneTask) => void;
  /** So many more jobs ended, in a run that is long. */
  readonly onJobs?: (count: number) => void;
  /** 1: in this thread. */
  readonly threads: number;
}

/** Runs seeds on as many threads as there are. */
export async function runSeeds(options: RunSeedsOptions): Promise<void> {
  const inOrder = orderly(options.onDone);
  if (options.threads <= 1) return runHere(options);
  const file = new URL(`./seed-worker${extname(import.meta.url)}`, import.meta.url);
  let given = 0;
  const run = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let order = 0;
      const give = (): void => {
        const task = options.next();
        if (task === undefined) resolve();
        else {
          order = given++;
          worker.postMessage(task);
        }
      };
      worker.on('error', reject);
      worker.on('message', (word: WorkerWord) => {
        if (word.kind === 'jobs') return options.onJobs?.(word.count);
        const { place, seed, outcome } = word;
        inOrder(order, { place, seed, outcome });
        give();
      });
      give();
    });

  const workers = Array.from({ length: options.threads }, () => new Worker(file, { workerData: options.scenarios }));
  try {
    await Promise.all(workers.map(run));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function runHere({ scenarios, next, onDone, onJobs }: RunSeedsOptions): Promise<void> {
  for (let task = next(); task !== undefined; task = next()) {
    const { place, seed } = task;
    const outcome = await runSeed(drawPlan(seed, scenarios[place] as Scenario), onJobs);
    onDone({ place, seed, outcome });
  }
}

/** Hands on what comes in any order by its number, each as soon as all before it are there. */
function orderly<T>(handOn: (item: T) => void): (order: number, item: T) => void {
  const early = new Map<number, T>();
  let next = 0;
  return (order, item) => {
    early.set(order, item);
    for (let ready = early.get(next); ready !== undefined; ready = early.get(next)) {
      early.delete(next++);
      handOn(ready);
    }
  };
}
