import { after } from '../../core/instant.ts';
import type { Job } from '../../core/job.ts';
import type { Ender, JobEnd } from '../facts.ts';
import type { OfficeJob, OfficeRunner } from './matchmaker.ts';
import type { OfficeOptions, OfficeState } from './office-state.ts';

/** A job's life at the forge: queued, handed out, begun, ended. */
export interface JobLives {
  queue(job: OfficeJob): void;
  /** A runner is free: it gets the longest waiting job, or waits itself. */
  offer(runner: OfficeRunner): void;
  /** The worker's own end, told by the runner. */
  finish(job: OfficeJob, runner: OfficeRunner, how: JobEnd, conclusion: string): void;
  /** It waited too long. */
  giveUp(job: OfficeJob): void;
  /** Somebody deletes it: it is over, and nobody is told. */
  vanish(job: OfficeJob): void;
  /** The machine under it is gone, or its runner's process: it is over, though the forge learns of it later. */
  endUnder(job: OfficeJob, runner: OfficeRunner, by: Ender | 'exit'): void;
}

/** GitHub: a job that its runner does not take up in this time is queued again. */
const takeUpLimitSeconds = 60;
/** Until GitHub gives up a runner that it cannot reach: some minutes. */
const lostContactSeconds = [240, 720] as const;
const handOverSeconds = [0.3, 3] as const;
const cancelSeconds = [2, 20] as const;

export function jobLives(
  { time, chance, tell, announce, fleetOf, assignmentFate }: OfficeOptions,
  state: OfficeState,
): JobLives {
  const { matches } = state;
  const later = (seconds: number, act: () => void): void => time.at(after(time.now(), seconds), act);
  const change = (held: OfficeJob, fields: Partial<Job>): void => {
    held.before = held.job;
    held.changedAt = time.now();
    held.job = { ...held.job, ...fields };
    if (!held.isForeign) announce(held.job);
  };

  const enqueue = (held: OfficeJob, isFirst: boolean): void => {
    const runner = matches.idleRunnerFor(held);
    if (runner) assign(held, runner);
    else matches.wait(held, isFirst);
  };

  const assign = (held: OfficeJob, runner: OfficeRunner): void => {
    matches.notIdle(runner);
    held.runner = runner;
    runner.job = held;
    tell({ kind: 'job-assigned', job: held.job.key, runner: runner.name, instance: runner.instance ?? '' });
    later(chance.between(...handOverSeconds), () => {
      if (held.runner !== runner || held.job.state !== 'queued') return;
      const fate = isListening(runner) ? assignmentFate(runner.name) : 'not-taken-up';
      if (fate === undefined) return begin(held, runner);
      if (fate === 'only-said-to-run') change(held, runningOn(runner));
      later(takeUpLimitSeconds, () => requeue(held, runner));
    });
  };

  const requeue = (held: OfficeJob, runner: OfficeRunner): void => {
    if (held.runner !== runner || held.isOver) return;
    held.runner = undefined;
    if (held.job.state === 'running') takeBack(held);
    if (runner.job === held) runner.job = undefined;
    tell({ kind: 'job-requeued', job: held.job.key });
    enqueue(held, true);
    lives.offer(runner);
  };

  const runningOn = ({ name }: OfficeRunner): Partial<Job> => ({
    state: 'running',
    runnerName: name,
    startedAt: time.now(),
  });
  /** Nobody is told: whoever believed that it runs finds out by asking. */
  const takeBack = (held: OfficeJob): void => {
    const { runnerName: _runnerName, startedAt: _startedAt, ...waiting } = held.job;
    held.before = held.job;
    held.changedAt = time.now();
    held.job = { ...waiting, state: 'queued' };
  };

  const begin = (held: OfficeJob, runner: OfficeRunner): void => {
    held.startedAt = time.now();
    tell({ kind: 'job-started', job: held.job.key, runner: runner.name, instance: runner.instance ?? '' });
    change(held, runningOn(runner));
    runner.listener?.begin();
    later(held.planned.durationSeconds, () => lives.finish(held, runner, 'finished', 'success'));
  };

  const leave = (held: OfficeJob): void => {
    state.openByRepo.get(held.job.ref.repo)?.delete(held);
  };

  const close = (held: OfficeJob, how: JobEnd, conclusion: string): void => {
    if (!held.isOver) tell({ kind: 'job-ended', job: held.job.key, how, instance: held.runner?.instance });
    held.isOver = true;
    if (held.job.state === 'done') return;
    leave(held);
    change(held, { state: 'done', conclusion, doneAt: time.now() });
    // It is kept for a day, and its runner's machine need not be.
    held.runner = undefined;
    state.done.push(held);
  };

  const cancel = (held: OfficeJob): void => {
    if (held.job.state === 'done' || held.isOver) return;
    const { runner } = held;
    if (hasBegun(held) && runner) {
      later(chance.between(...cancelSeconds), () => lives.finish(held, runner, 'cancelled', 'cancelled'));
      return;
    }
    matches.forget(held);
    close(held, 'cancelled', 'cancelled');
    if (runner?.job !== held) return;
    // It was handed out and did not begin: its runner is free again.
    runner.job = undefined;
    lives.offer(runner);
  };

  const lives: JobLives = {
    queue(held) {
      if (held.job.state !== 'blocked') return;
      const { key: job, ref, labels } = held.job;
      const whose = held.isForeign ? ({ fleet: undefined, foreign: true } as const) : { fleet: fleetOf(held.job) };
      tell({ kind: 'job-queued', job, repo: ref.repo, labels, ...whose });
      change(held, { state: 'queued', queuedAt: time.now() });
      enqueue(held, false);
      const { cancelAfterSeconds } = held.planned;
      if (cancelAfterSeconds !== undefined) later(cancelAfterSeconds, () => cancel(held));
    },
    offer(runner) {
      if (runner.job !== undefined || !isListening(runner) || runner.removed) return;
      const held = matches.waitingJobFor(runner);
      if (held) assign(held, runner);
      else matches.idle(runner);
    },
    finish(held, runner, how, conclusion) {
      if (!hasBegun(held) || held.runner !== runner || !isListening(runner) || held.isOver) return;
      close(held, how, conclusion);
      runner.job = undefined;
      runner.listener?.finish();
      if (runner.ephemeral) removeRunner(state, runner, 'job', tell);
      else lives.offer(runner);
    },
    giveUp(held) {
      matches.forget(held);
      close(held, 'forge', 'cancelled');
    },
    vanish(held) {
      const { key, state: was } = held.job;
      if (was !== 'queued' || held.runner !== undefined) return;
      matches.forget(held);
      tell({ kind: 'job-ended', job: key, how: 'cancelled', instance: undefined });
      tell({ kind: 'delivery', job: key, state: 'done', status: 'lost', again: false });
      held.isOver = true;
      leave(held);
      held.job = { ...held.job, state: 'done' };
      state.jobs.delete(key);
    },
    endUnder(held, runner, by) {
      if (held.isOver) return;
      held.isOver = true;
      tell({ kind: 'job-ended', job: held.job.key, how: endBy(by), instance: runner.instance });
      later(chance.between(...lostContactSeconds), () => {
        close(held, 'forge', 'failure');
        if (runner.job === held) runner.job = undefined;
        if (runner.ephemeral) removeRunner(state, runner, 'forge', tell);
      });
    },
  };
  return lives;
}

/** The forge may say so of one that has not. */
export const hasBegun = ({ job, startedAt }: OfficeJob): boolean => job.state === 'running' && startedAt !== undefined;

const isListening = (runner: OfficeRunner): boolean => runner.listener?.isAlive() === true;

function endBy(by: Ender | 'exit'): JobEnd {
  if (by === 'spot' || by === 'provider') return 'spot';
  return by === 'control-plane' || by === 'itself' ? 'killed' : 'forge';
}

/** Its registration alone: whether a job may still be handed to it is the matchmaker's to say. */
export function removeRunner(
  state: OfficeState,
  runner: OfficeRunner,
  by: 'us' | 'job' | 'forge',
  tell: OfficeOptions['tell'],
): void {
  if (runner.removed) return;
  runner.removed = true;
  state.runners.delete(runner.name);
  state.byScope.get(runner.scope)?.delete(runner.name);
  tell({ kind: 'registration-gone', name: runner.name, scope: runner.scope, by });
}
