import { announce } from './announce.ts';
import type { JobRecord } from './jobs.ts';
import { jobMessage } from './messages.ts';
import type { RunnerRecord } from './runners.ts';
import type { World } from './world.ts';

/** A runner has been given a job and has not acquired it yet. */
export interface Assignment {
  readonly runner: RunnerRecord;
  readonly stopTimer: () => void;
}

/** A queued job finds a listener, or waits for one. */
export function enqueue(world: World, job: JobRecord): void {
  const runner = world.matchmaker.offerJob(job);
  if (runner) assign(world, runner, job);
}

/** A free runner that polls finds a job, or waits for one. */
export function listen(world: World, runner: RunnerRecord): void {
  const job = world.matchmaker.offerRunner(runner);
  if (job) assign(world, runner, job);
}

/** Only from here on is the runner busy. False: the job is not, or no longer, this runner's. */
export function acquire(world: World, runner: RunnerRecord, job: JobRecord): boolean {
  const { clock, habits, durations } = world;
  if (runner.job !== job || job.status === 'completed') return false;
  // The answer to a first call may have been lost.
  if (job.status === 'in_progress') return true;
  // Its assignment outlives its registration for a while, but is worth nothing.
  if (runner.removed) return false;

  endAssignment(world, job);
  job.runner = { id: runner.id, name: runner.name, groupId: runner.groupId };
  job.startedAt = clock.now();
  job.starts += 1;
  world.jobs.move(job, 'in_progress', clock.now());
  if (habits.strikes('staleBusy')) runner.busyLie = lieWithin(world, durations.staleBusySeconds);
  announce(world, 'in_progress', job);
  return true;
}

/** Takes a job from the runner that did not acquire it. */
export function requeue(world: World, job: JobRecord): void {
  freeRunner(world, job);
  if (job.status === 'queued') enqueue(world, job);
}

/** The runner that was given the job, and has not acquired it, is free again. */
export function freeRunner(world: World, job: JobRecord): void {
  const runner = endAssignment(world, job);
  if (runner) runner.job = null;
}

function assign(world: World, runner: RunnerRecord, job: JobRecord): void {
  runner.job = job;
  const stopTimer = world.clock.later(world.durations.requeueSeconds, () => requeue(world, job));
  world.assignments.set(job, { runner, stopTimer });
  world.heldPolls.get(runner)?.answer(jobMessage(job));
}

function endAssignment(world: World, job: JobRecord): RunnerRecord | undefined {
  const assignment = world.assignments.get(job);
  assignment?.stopTimer();
  world.assignments.delete(job);
  return assignment?.runner;
}

/** Some part of the longest lie seen: from the start on, or out of the middle. */
function lieWithin(
  { clock, habits }: World,
  longestSeconds: number,
): { readonly from: number; readonly until: number } {
  const [start, end] = [habits.fraction(), habits.fraction()].sort((a, b) => a - b) as [number, number];
  const from = habits.fraction() < 0.5 ? 0 : start;
  return { from: clock.now() + from * longestSeconds * 1000, until: clock.now() + end * longestSeconds * 1000 };
}
