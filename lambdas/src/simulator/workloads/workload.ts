import type { Instant } from '../../core/instant.ts';

/** One job of a workload, before anybody knows of it. */
export interface PlannedJob {
  /** When it becomes known to the forge, in seconds from the workload's start; not below the one before it. */
  readonly atSeconds: number;
  readonly durationSeconds: number;
  /** As the workflow wrote them. */
  readonly labels: readonly string[];
  /** `owner/name` */
  readonly repo: string;
  /** It waits for an approval this long first (`blocked`), and is queued then. */
  readonly blockedSeconds?: number;
  /** A person cancels it this long after it was queued, if it is not done by then. */
  readonly cancelAfterSeconds?: number;
}

/** Jobs in the order of their coming, made one at a time: a workload of any length takes no memory. */
export interface Workload {
  readonly name: string;
  readonly count: number;
  /** The calendar's time of second 0, as schedules mean it. */
  readonly startAt: Instant;
  /** Of a trace: jobs that are no part of it, by why. */
  readonly leftOut?: ReadonlyMap<string, number>;
  /** Each call begins anew, and tells the same. */
  jobs(): Iterable<PlannedJob>;
}
