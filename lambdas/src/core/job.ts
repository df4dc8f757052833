import type { Instant } from './instant.ts';

export type JobState = 'blocked' | 'queued' | 'running' | 'done';

/** Where a job lives. Ids are text: GitHub's pass 2^32, and other forges give 64-bit numbers as text. */
export interface JobRef {
  /** `owner/name` */
  readonly repo: string;
  readonly id: string;
  readonly attempt: number;
}

/** One job as the forge told it, at one moment. */
export interface Job {
  /** Made by the adapter: the same from `queued` to `done`, a new one for each re-run. `github/acme/app/123` */
  readonly key: string;
  readonly ref: JobRef;
  readonly state: JobState;
  /** As the workflow wrote them. Without labels a job is never ours. */
  readonly labels: readonly string[];
  /** Whose runners may take it beside those of its repository, e.g. `acme`; absent for a forge without owners. */
  readonly owner?: string;
  /** The enterprise of its owner, by slug, where the forge names one. */
  readonly enterprise?: string;
  readonly runnerName?: string;
  readonly conclusion?: string;
  readonly queuedAt?: Instant;
  readonly startedAt?: Instant;
  readonly doneAt?: Instant;
}
