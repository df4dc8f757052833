import type { Instant } from '../../../core/instant.ts';
import { type RunnerRecord, shownBusy } from '../runners.ts';

/** A registration as the control API shows it. */
export interface ShownRunner {
  readonly id: number;
  readonly name: string;
  readonly scope: string;
  readonly labels: readonly string[];
  readonly status: 'online' | 'offline';
  /** As GitHub's API would say it, habits included. */
  readonly busy: boolean;
  /** What it really runs. */
  readonly job_id: number | null;
}

export function shownRunner(runner: RunnerRecord, now: Instant): ShownRunner {
  const { id, name, scope, labels, job } = runner;
  const status = runner.online ? 'online' : 'offline';
  const job_id = job?.status === 'in_progress' ? job.id : null;
  return { id, name, scope, labels, status, busy: shownBusy(runner, now), job_id };
}
