import type { Repository } from './accounts.ts';
import { announce } from './announce.ts';
import { enqueue, freeRunner } from './assignment.ts';
import type { Conclusion, JobRecord, RunRecord } from './jobs.ts';
import { latestJobs } from './jobs.ts';
import { cancelMessage } from './messages.ts';
import type { RunnerRecord } from './runners.ts';
import type { World } from './world.ts';

export interface JobWish {
  readonly count: number;
  readonly labels: readonly string[];
  readonly seconds: number;
  /** The jobs wait for someone's approval before they are queued. */
  readonly waiting: boolean;
}

/** GitHub's limit to the jobs of one matrix. */
const matrixLimit = 256;

export function createJobs(world: World, repository: Repository, wish: JobWish): readonly JobRecord[] {
  const { clock, jobs } = world;
  const status = wish.waiting ? 'waiting' : 'queued';
  const made: JobRecord[] = [];
  let run: RunRecord | undefined;
  for (let index = 0; index < wish.count; index += 1) {
    if (!run || index % matrixLimit === 0) run = jobs.startRun(repository, clock.now());
    const job = { labels: wish.labels, seconds: wish.seconds, status, visibleAt: visibleAt(world) } as const;
    made.push(admit(world, jobs.add(run, job, clock.now())));
  }
  return made;
}

/** False: it does not wait for that. */
export function approve(world: World, job: JobRecord): boolean {
  if (job.status !== 'waiting') return false;
  world.jobs.move(job, 'queued', world.clock.now());
  admit(world, job);
  return true;
}

/** The runner says that it is done; a single-use registration is used up by that. */
export function finish(world: World, runner: RunnerRecord, job: JobRecord, conclusion: Conclusion): void {
  const { clock, durations, habits, runners } = world;
  if (runner.job !== job || job.status !== 'in_progress') return;
  complete(world, job, job.cancelRequested ? 'cancelled' : conclusion);
  runner.online = false;
  if (!habits.strikes('busyAfterDone')) {
    runners.remove(runner);
    return;
  }

  const lieSeconds = habits.fraction() * durations.busyAfterDoneSeconds;
  runner.busyLie = { from: clock.now(), until: clock.now() + lieSeconds * 1000 };
  clock.later(lieSeconds, () => runners.remove(runner));
}

/** A running job ends when its runner says so; one that does not run ends now. */
export function cancel(world: World, job: JobRecord): void {
  if (job.status === 'completed') return;
  if (job.status === 'in_progress') {
    job.cancelRequested = true;
    for (const [runner, held] of world.heldPolls) if (runner.job === job) held.answer(cancelMessage(job));
    return;
  }
  world.matchmaker.withdrawJob(job);
  complete(world, job, 'cancelled');
}

/** The next attempt of a completed job; undefined: it is not complete, or not the latest attempt. */
export function rerun(world: World, job: JobRecord): JobRecord | undefined {
  if (job.status !== 'completed' || !latestJobs(job.run).includes(job)) return undefined;
  return admit(world, world.jobs.again(job, visibleAt(world), world.clock.now()));
}

export function complete(world: World, job: JobRecord, conclusion: Conclusion): void {
  freeRunner(world, job);
  job.conclusion = conclusion;
  job.completedAt = world.clock.now();
  world.jobs.move(job, 'completed', world.clock.now());
  announce(world, 'completed', job);
}

/** When a new runner or job begins to be found. */
export function visibleAt({ clock, habits, durations }: World): number {
  return clock.now() + (habits.strikes('notFoundLag') ? habits.fraction() * durations.notFoundLagSeconds * 1000 : 0);
}

function admit(world: World, job: JobRecord): JobRecord {
  announce(world, job.status, job);
  if (job.status === 'queued') enqueue(world, job);
  return job;
}
