import { requeue } from './assignment.ts';
import { complete } from './job-life.ts';
import type { RunnerRecord } from './runners.ts';
import type { World } from './world.ts';

/** Opens the listener's session. False: another listener has one. */
export function connect(world: World, runner: RunnerRecord, sessionId: string, os: string): boolean {
  if (runner.sessionId !== null && runner.sessionId !== sessionId && runner.online) return false;
  runner.sessionId = sessionId;
  runner.os = os;
  wentAway(world, runner);
  runner.online = true;
  return true;
}

export function disconnect(world: World, runner: RunnerRecord): void {
  runner.sessionId = null;
  runner.online = false;
  world.heldPolls.get(runner)?.answer('nothing');
}

/** The registration goes. A job that the runner was given but did not acquire is queued again. */
export function removeRunner(world: World, runner: RunnerRecord): void {
  const { job } = runner;
  world.runners.remove(runner);
  // A job that runs is finished there all the same.
  if (job?.status === 'in_progress') return;

  world.matchmaker.withdrawRunner(runner);
  endListener(world, runner);
  // With the habit, the timer of the assignment brings the job back.
  if (job?.status === 'queued' && !world.habits.strikes('slowRequeue')) requeue(world, job);
}

/** The listener learns that its registration is gone: at once, or, as a ghost, only after a while. */
function endListener(world: World, runner: RunnerRecord): void {
  const { clock, durations, habits, heldPolls } = world;
  const end = (): void => heldPolls.get(runner)?.answer('gone');
  if (!habits.strikes('ghosts')) {
    end();
    return;
  }
  runner.ghostUntil = clock.now() + durations.ghostSeconds * 1000;
  clock.later(durations.ghostSeconds, end);
}

/** The runner polls. */
export function cameBack(world: World, runner: RunnerRecord): void {
  world.absenceTimers.get(runner)?.();
  world.absenceTimers.delete(runner);
  runner.online = true;
}

/** The runner has stopped polling: for a moment, or for good. */
export function wentAway(world: World, runner: RunnerRecord): void {
  const { clock, durations, absenceTimers } = world;
  absenceTimers.get(runner)?.();
  const lostSeconds = durations.jobLostSeconds - durations.offlineSeconds;
  const goOffline = (): void => {
    runner.online = false;
    absenceTimers.set(
      runner,
      clock.later(lostSeconds, () => loseJob(world, runner)),
    );
  };
  absenceTimers.set(runner, clock.later(durations.offlineSeconds, goOffline));
}

function loseJob(world: World, runner: RunnerRecord): void {
  world.absenceTimers.delete(runner);
  const { job } = runner;
  if (job?.status !== 'in_progress') return;
  world.tallies.endedByForge += 1;
  complete(world, job, 'failure');
  // A single-use runner has had its job.
  world.runners.remove(runner);
}
