import type { Conclusion, JobRecord, JobStatus } from '../jobs.ts';
import { isoTime } from './account-json.ts';

/** A job as the control API shows it. */
export interface ShownJob {
  readonly id: number;
  readonly run_id: number;
  /** Which attempt of its run this is. */
  readonly attempt: number;
  readonly repository: string;
  readonly labels: readonly string[];
  readonly status: JobStatus;
  readonly conclusion: Conclusion | null;
  readonly runner_name: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  /** How often a runner really started it. */
  readonly starts: number;
}

export function shownJob(job: JobRecord): ShownJob {
  const { id, run, attempt, labels, status, conclusion, starts } = job;
  const timeOf = (instant: number | null): string | null => (instant === null ? null : isoTime(instant));
  return {
    id,
    run_id: run.id,
    attempt,
    repository: run.repository.fullName,
    labels,
    status,
    conclusion,
    runner_name: job.runner?.name ?? null,
    created_at: isoTime(job.createdAt),
    started_at: timeOf(job.startedAt),
    completed_at: timeOf(job.completedAt),
    starts,
  };
}
