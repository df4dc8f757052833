import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { drawPlan } from '../src/simulator/plan/draw-plan.ts';
import { runSeed } from '../src/simulator/run-seed.ts';
import type { Figures } from './figures.ts';

const fewJobs = 20_000;
const manyJobs = 100_000;

/**
 * A simulation without faults, as somebody runs it who asks what a month would cost: its pace, and whether its memory
 * grows with the jobs that are over. Wall-clock seconds are those of this machine as it is; the processor's are of all
 * threads.
 */
export async function longRun(): Promise<Figures> {
  const plan = drawPlan(1, {
    workload: { kind: 'synthetic', name: 'steady', jobs: manyJobs },
    faults: 'none',
    dropWebhooks: 0,
    prices: {},
    only: {},
  });
  const heapNow = collectedHeap();
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const at = new Map<number, { readonly seconds: number; readonly heapMegabytes: number }>();
  let ended = 0;
  await runSeed(plan, (count) => {
    ended += count;
    if (ended !== fewJobs && ended !== manyJobs) return;
    at.set(ended, { seconds: (performance.now() - startedAt) / 1000, heapMegabytes: heapNow() });
  });
  const { user, system } = process.cpuUsage(cpu);
  const few = at.get(fewJobs);
  const many = at.get(manyJobs);
  return {
    first20000JobsPerSecond: fewJobs / (few?.seconds ?? Number.NaN),
    all100000JobsPerSecond: manyJobs / (many?.seconds ?? Number.NaN),
    all100000Seconds: many?.seconds ?? Number.NaN,
    all100000ProcessorSeconds: (user + system) / 1e6,
    heapAt20000JobsMegabytes: few?.heapMegabytes ?? Number.NaN,
    heapAt100000JobsMegabytes: many?.heapMegabytes ?? Number.NaN,
  };
}

/** What is left after a collection: anything else would measure when the last one was. */
function collectedHeap(): () => number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  return () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
}
