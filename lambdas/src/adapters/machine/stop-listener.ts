import { readFileSync, statSync } from 'node:fs';
import { ageSeconds, type Instant } from '../../core/instant.ts';
import { type ProcessEntry, type ProcessRef, treeOf, viewProcesses } from '../process/process-view.ts';
import type { WorkerWatch } from './worker-watch.ts';

export interface ListenerStop {
  readonly runner: ProcessRef;
  readonly watch: WorkerWatch;
  /** What the runner prints. */
  readonly log: string;
  readonly now: Instant;
}

/** GitHub's runner says so before it starts a worker, and when the worker is done. */
const jobBegins = 'Running job: ';
const jobIsOver = ' completed with result: ';
/** Between the two words it may fail to start any; its tries to reach the forge are over by then. */
const takeUpLimitSeconds = 300;

/**
 * Holds a listener still. GitHub's runner knows no gentle stop: interrupted, it cancels the job that it has, worker or not
 * (https://github.com/actions/runner/issues/3308). One that is held takes nothing, and goes on as if nothing had been if it
 * turns out to have a job.
 */
export function stopListener({ runner, watch, log, now }: ListenerStop): 'stopped' | 'working' {
  const isWorking = (): boolean => watch.isWorking(viewProcesses(), runner) || isJobInHand(log, now);
  if (isWorking()) return 'working';
  const held = treeOf(viewProcesses(), runner);
  signalAll(held, 'SIGSTOP');
  if (!isWorking()) return 'stopped';
  signalAll(held, 'SIGCONT');
  return 'working';
}

function isJobInHand(log: string, now: Instant): boolean {
  const file = statSync(log, { throwIfNoEntry: false });
  if (!file || Math.abs(ageSeconds(file.mtimeMs, now)) > takeUpLimitSeconds) return false;
  const text = readFileSync(log, 'utf8');
  return text.lastIndexOf(jobBegins) > text.lastIndexOf(jobIsOver);
}

function signalAll(entries: readonly ProcessEntry[], name: NodeJS.Signals): void {
  for (const { pid } of entries) {
    try {
      process.kill(pid, name);
    } catch (thrown) {
      // It ended by itself in between.
      if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
    }
  }
}
