import { expect, test } from '@jest/globals';
import type { Scenario } from '../plan/scenario.ts';
import type { SeedOutcome } from '../run-seed.ts';
import { addOutcome, type OutcomeSum } from './outcome-sum.ts';
import { runSeeds } from './run-seeds.ts';
import type { SeedTask } from './seed-worker.ts';

const scenario: Scenario = {
  workload: { kind: 'synthetic', jobs: 8 },
  faults: 'heavy',
  dropWebhooks: 0,
  prices: {},
  only: {},
};
const scenarios = [scenario, { ...scenario, workload: { kind: 'synthetic', name: 'steady', jobs: 3 } } as const];
const tasks: readonly SeedTask[] = [1, 2, 3, 4].flatMap((seed) => [0, 1].map((place) => ({ place, seed })));

async function run(threads: number) {
  const done: { readonly task: SeedTask; readonly outcome: SeedOutcome }[] = [];
  const left = [...tasks];
  await runSeeds({
    scenarios,
    next: () => left.shift(),
    onDone: ({ outcome, ...task }) => void done.push({ task, outcome }),
    threads,
  });
  return done;
}

test('threads change nothing: neither what a seed comes to, nor the order, nor the sum', async () => {
  const [here, there] = [await run(1), await run(3)];
  expect(here.map(({ task }) => task)).toEqual(tasks);
  expect(JSON.stringify(there)).toBe(JSON.stringify(here));

  const sum = here.reduce<OutcomeSum | undefined>((all, { outcome }) => addOutcome(all, outcome), undefined);
  const results = here.map(({ outcome }) => outcome.result);
  expect(sum).toMatchObject({
    seeds: tasks.length,
    peakRunners: Math.max(...results.map(({ peakRunners }) => peakRunners)),
    tally: { jobs: 4 * 8 + 4 * 3 },
    timeline: here[0]?.outcome.timeline,
  });
  expect(sum?.waits.count).toBe(results.reduce((all, { ran }) => all + ran, 0));
});

test('what goes wrong in a thread is heard', async () => {
  const trace = { ...scenario, workload: { kind: 'trace', text: 'no trace', fileName: 'jobs.csv' } } as const;
  const left: SeedTask[] = [{ place: 0, seed: 1 }];
  const running = runSeeds({ scenarios: [trace], next: () => left.shift(), onDone: () => {}, threads: 2 });
  await expect(running).rejects.toThrow(/jobs\.csv/);
});
