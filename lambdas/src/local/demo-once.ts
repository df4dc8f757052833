import type { Instance } from '../core/instance.ts';
import type { FakeGithub } from '../fakes/github/fake-github.ts';
import { aliveIn } from './end-machines.ts';
import type { Stack } from './stack.ts';

/** The last line that `--once` prints. */
interface Result {
  readonly jobs: number;
  readonly ran: number;
  readonly lost: number;
  readonly ranTwice: number;
  readonly runnersLeft: number;
  readonly registrationsLeft: number;
  readonly peakRunners: number;
  readonly limit: number;
  readonly waitSeconds: { readonly p50: number; readonly p95: number };
  readonly seconds: number;
}

/** Jobs come in as a matrix burst and a few stragglers, not one by one. */
const burst = 50;
const jobSeconds = 0.5;
/** Longer than any of the demo's waiting times together; after it, what has not run is lost. */
const patienceSeconds = 600;
const lookSeconds = 0.2;

/** Queues the jobs, waits until all ran and all is gone, prints the result. 0: every promise was kept. */
export async function runOnce(github: FakeGithub, stack: Stack, count: number): Promise<number> {
  const { clock, compute } = stack.world;
  const startedAt = clock.now();
  let peakRunners = 0;
  let queued = 0;
  let alive: readonly Instance[] = [];
  while ((clock.now() - startedAt) / 1000 < patienceSeconds) {
    if (queued < count) {
      const wave = Math.min(burst, count - queued);
      github.addJobs({ count: wave, seconds: jobSeconds });
      queued += wave;
    }
    alive = await aliveIn(compute);
    peakRunners = Math.max(peakRunners, alive.length);
    const isOver = github.jobs().every(({ status }) => status === 'completed') && queued === count;
    if (isOver && alive.length === 0 && github.runners().length === 0) break;
    await clock.sleep(lookSeconds);
  }
  const result = resultOf(github, stack, { count, peakRunners, startedAt, runnersLeft: alive.length });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return isKept(result) ? 0 : 1;
}

function resultOf(
  github: FakeGithub,
  { world }: Stack,
  seen: { count: number; peakRunners: number; startedAt: number; runnersLeft: number },
): Result {
  const jobs = github.jobs();
  const waits = jobs
    .flatMap(({ created_at, started_at }) =>
      started_at === null ? [] : (Date.parse(started_at) - Date.parse(created_at)) / 1000,
    )
    .sort((a, b) => a - b);
  const ran = jobs.filter(({ starts, conclusion }) => starts >= 1 && conclusion === 'success').length;
  return {
    jobs: seen.count,
    ran,
    lost: seen.count - ran,
    ranTwice: jobs.filter(({ starts }) => starts > 1).length,
    runnersLeft: seen.runnersLeft,
    registrationsLeft: github.runners().length,
    peakRunners: seen.peakRunners,
    limit: world.config.fleets[0]?.runnersMaximumCount ?? 0,
    waitSeconds: { p50: quantile(waits, 0.5), p95: quantile(waits, 0.95) },
    seconds: Math.round((world.clock.now() - seen.startedAt) / 100) / 10,
  };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const isKept = (result: Result): boolean =>
  result.lost === 0 &&
  result.ranTwice === 0 &&
  result.runnersLeft === 0 &&
  result.registrationsLeft === 0 &&
  result.peakRunners <= result.limit;
