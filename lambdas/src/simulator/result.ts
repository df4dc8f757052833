import type { Instant } from '../core/instant.ts';

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Where jobs' waiting went, in seconds over all of them: whose turn it was. */
export interface WaitStages {
  /** Until a delivery (or the sweep) told us. */
  readonly event: number;
  /** Until a scale-up looked at its lane. */
  readonly delay: number;
  /** Until the launch of the runner that took it was called; waiting at a limit is part of it. */
  readonly decision: number;
  /** Until EC2 called that machine running. */
  readonly ec2: number;
  /** Until its runner listened. */
  readonly boot: number;
  /** Until the forge handed the job out and the runner began. */
  readonly assignment: number;
}

export interface Cost {
  /** Dollars for Spot and on-demand machines, from launch to end. */
  readonly spot: number;
  readonly onDemand: number;
  /** The part of both that ran idle. */
  readonly idle: number;
  /** What the Spot machines would have cost on demand, less what they did. */
  readonly savedBySpot: number;
}

/** What machines that were ready before their job cost, and what waiting they saved. */
export interface Readiness {
  /** Jobs whose runner listened when they were queued. */
  readonly jobsServed: number;
  /** Against the mean wait of the others. */
  readonly savedSeconds: number;
  /** Dollars for idle time while a pool or an idle window asked for runners. */
  readonly cost: number;
}

/** A promise that was not kept. */
export interface Breach {
  readonly promise: 'no-job-lost' | 'no-busy-runner-ended' | 'nothing-leaked' | 'never-over-the-limit';
  /** The job, instance or runner concerned. */
  readonly subject: string;
  readonly at: Instant;
  readonly what: string;
}

/** Counts and sums: those of several seeds can be added. */
export interface Tally {
  readonly jobs: number;
  readonly ran: number;
  readonly ranTwice: number;
  /** Became runnable, and never started, nor was cancelled. */
  readonly lost: number;
  readonly cancelled: number;
  /** No fleet's: not counted as lost. */
  readonly unmatched: number;
  readonly endedBySpot: number;
  readonly endedByForge: number;
  readonly busyKills: number;
  readonly leakedInstances: number;
  readonly leakedRegistrations: number;
  readonly overLimit: number;
  readonly launched: number;
  readonly virtualSeconds: number;
  readonly runnerSeconds: { readonly boot: number; readonly idle: number; readonly busy: number };
  readonly cost: Cost;
  readonly readiness: Readiness;
  readonly waitStages: WaitStages;
  readonly calls: Readonly<Record<'github' | 'ec2' | 'ssm' | 'dynamodb' | 'sqs', number>>;
  /** How often each interesting branch was reached. */
  readonly sometimes: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
}

export interface RunResult extends Tally {
  readonly seed: number;
  readonly peakRunners: number;
  readonly waitSeconds: Percentiles;
  readonly breaches: readonly Breach[];
}

/** One moment of the picture over time. */
export interface TimelinePoint {
  readonly at: Instant;
  /** Jobs that wait · machines that launch or boot · runners that listen · runners that work. */
  readonly waiting: number;
  readonly booting: number;
  readonly idle: number;
  readonly busy: number;
}

export interface HistogramBar {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly count: number;
}

/** What the report draws beside the figures. */
export interface RunPicture {
  readonly timeline: readonly TimelinePoint[];
  /** Machines at most, for all fleets together; -1: no limit. */
  readonly limit: number;
  readonly waitHistogram: readonly HistogramBar[];
}
