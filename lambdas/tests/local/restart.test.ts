import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '../doubles/processes.ts';
import { type TwoProcesses, twoProcesses } from './two-processes.ts';

const limit = 8;
const patienceSeconds = 120;

let both: TwoProcesses;
let peakMachines: number;
let peakOnline: number;
let watching: NodeJS.Timeout;
beforeEach(async () => {
  [peakMachines, peakOnline] = [0, 0];
  both = await twoProcesses(limit);
  watching = setInterval(look, 100);
});
afterEach(() => {
  clearInterval(watching);
  both[Symbol.dispose]();
});

function look(): void {
  peakMachines = Math.max(peakMachines, both.machines().size);
  // GitHub is away only when the test is over.
  both.registrations().then(
    (all) => {
      peakOnline = Math.max(peakOnline, all.filter(({ status }) => status === 'online').length);
    },
    () => undefined,
  );
}

const ended = async (): Promise<number> => (await both.jobs()).filter(({ status }) => status === 'completed').length;

/** All that the deployment promises, once `count` jobs were queued. */
async function expectPromisesKept(count: number): Promise<void> {
  await until(`all of ${count} jobs ran`, async () => (await ended()) === count, patienceSeconds);
  await until('no machine is left', () => both.machines().size === 0, 30);
  await until('no registration is left', async () => (await both.registrations()).length === 0, 30);
  const outcomes = (await both.jobs()).map(({ starts, conclusion }) => `${conclusion}, started ${starts} time(s)`);
  expect([...new Set(outcomes)]).toEqual(['success, started 1 time(s)']);
  expect(outcomes).toHaveLength(count);
  expect(peakMachines).toBeLessThanOrEqual(limit);
  expect(peakOnline).toBeLessThanOrEqual(limit);
  // It was watched, and the limit was reached.
  expect(peakMachines).toBe(limit);
}

test('a control plane that is killed in the middle of a hundred jobs goes on where it was', async () => {
  const stack = await both.start();
  await both.queueJobs(100, 1);
  await until('thirty jobs ran', async () => (await ended()) >= 30, patienceSeconds);
  await stack.kill();
  const then = await ended();
  await until('some more end while it is away', async () => (await ended()) >= then + 3);
  const again = await both.start();
  await expectPromisesKept(100);
  expect(await again.stop()).toBe(0);
}, 180_000);

test('killed twice, it also finds the jobs that it could not hear of', async () => {
  const first = await both.start();
  await both.queueJobs(16, 1);
  await until('machines start', () => both.machines().size > 2);
  await first.kill();
  const second = await both.start();
  await until('a few jobs ran', async () => (await ended()) >= 4, patienceSeconds);
  await second.kill();
  // GitHub tells nobody, notes that it could not, and does not try again.
  await both.queueJobs(8, 1);
  // A machine that had no grant yet outlives this: it waits for its control plane.
  await until('no runner works', async () => (await both.registrations()).every(({ status }) => status === 'offline'));
  const third = await both.start();
  await expectPromisesKept(24);
  expect(await third.stop()).toBe(0);
}, 180_000);
