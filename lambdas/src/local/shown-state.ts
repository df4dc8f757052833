import type { Instant } from '../core/instant.ts';
import type { JobState } from '../core/job.ts';
import type { RunnerState } from '../core/runner.ts';

/** `GET /api/state`, and each event of `GET /api/events`. Instants are epoch milliseconds. */
export interface ShownState {
  readonly at: Instant;
  /** Waiting and running jobs, oldest first, then those that ended since the stack started, newest first (at most 200). */
  readonly jobs: readonly ShownJob[];
  /** All that ended since the stack started. */
  readonly jobsEnded: number;
  readonly runners: readonly ShownRunner[];
  readonly fleets: readonly ShownFleet[];
  /** One sample a second, oldest first, at most ten minutes. */
  readonly history: readonly ShownSample[];
  readonly queue: { readonly waiting: number; readonly hidden: number; readonly dead: number };
  /** Whether jobs can be queued from the page: `POST /api/demo/jobs {"count": 10}`. */
  readonly isDemo: boolean;
  /** Waiting times are divided by this. */
  readonly timeScale: number;
}

export interface ShownJob {
  readonly key: string;
  readonly repository: string;
  readonly id: string;
  readonly state: JobState;
  /** Why it is where it is, in kebab-case words: `fleet-limit`, `runner-boots`, `no-fleet-matches`, … */
  readonly reason: string;
  /** `fleet/scope`; null: no fleet matches its labels. */
  readonly lane: string | null;
  readonly queuedAt: Instant;
  readonly startedAt?: Instant;
  readonly doneAt?: Instant;
  readonly runner?: string;
  readonly conclusion?: string;
}

export interface ShownRunner {
  readonly id: string;
  readonly name: string;
  readonly lane: string;
  readonly state: RunnerState;
  readonly reason: string;
  readonly launchedAt: Instant;
  /** The job that names it. */
  readonly job?: string;
}

export interface ShownFleet {
  readonly name: string;
  readonly labels: readonly string[];
  /** -1: none. */
  readonly limit: number;
  /** Runners that count against the limit. */
  readonly used: number;
  readonly demand: number;
  readonly supply: number;
  readonly waiting: number;
  /** The last decision about each of its lanes. */
  readonly lanes: readonly { readonly lane: string; readonly kind: string; readonly reason: string }[];
}

export interface ShownSample {
  readonly at: Instant;
  readonly demand: number;
  readonly supply: number;
  readonly busy: number;
  /** The fleets' limits together; -1: none. */
  readonly limit: number;
}
