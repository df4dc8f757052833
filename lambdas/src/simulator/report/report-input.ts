import type { FleetConfig } from '../../core/config.ts';
import type { Breach, Percentiles, RunPicture, Tally } from '../result.ts';

/** Figures of one seed, or of several together. A `RunResult` is one. */
export interface ReportResult extends Tally {
  /** The most that ran at once, with any seed. */
  readonly peakRunners: number;
  /** Over the jobs of all seeds. */
  readonly waitSeconds: Percentiles;
  /** Where deliveries were dropped: by how much each of the above is longer than with all of them. */
  readonly addedWaitSeconds?: Percentiles;
  readonly breaches: readonly ReportBreach[];
}

/** A broken promise, and the seed that shows it; without one, the first of the run. */
export interface ReportBreach extends Breach {
  readonly seed?: number;
}

/** What the report says of a fleet. A `FleetConfig` is one. */
export type ReportFleet = Pick<
  FleetConfig,
  | 'name'
  | 'labels'
  | 'runnersMaximumCount'
  | 'market'
  | 'onDemandFailover'
  | 'instanceTypes'
  | 'ephemeral'
  | 'poolConfig'
  | 'idleConfig'
>;

/** One column of a report: a configuration under a workload, with one seed or several. */
export interface ReportRun {
  /** The configuration's file name. */
  readonly name: string;
  readonly workload: string;
  readonly seeds: readonly number[];
  /** The arguments that, after `ci-runners simulate --seed N`, run this again; as they would be typed. */
  readonly replayArguments: string;
  readonly result: ReportResult;
  /** Its time line is that of the first seed, its histogram that of all. */
  readonly picture: RunPicture;
  readonly fleets: readonly ReportFleet[];
}

/** One run, or two to compare. */
export type ReportRuns = readonly [ReportRun] | readonly [ReportRun, ReportRun];

export const totalDollars = ({ result: { cost } }: ReportRun): number => cost.spot + cost.onDemand;

/** An amount a job that ran; undefined: none did. */
export const aJob = ({ result }: ReportRun, amount: number): number | undefined =>
  result.ran > 0 ? amount / result.ran : undefined;

/** How long one seed's run took, in the simulation's own time. */
export const spanSeconds = ({ result, seeds }: ReportRun): number => result.virtualSeconds / Math.max(1, seeds.length);
