import type { Config } from '../core/config.ts';
import type { Timing } from '../core/timing.ts';
import type { Workload } from './workloads/workload.ts';
import type { Prices } from './world/prices.ts';

/** All that decides what happens in one run: the same plan, the same bytes. */
export interface RunPlan {
  readonly seed: number;
  readonly config: Config;
  readonly workload: Workload;
  /** Faults by name, each with its intensity, above 0 and up to 1. */
  readonly faults: ReadonlyMap<string, number>;
  /** Of all deliveries, in both phases: 1 leaves the sweep alone with it. */
  readonly dropWebhooks: number;
  readonly apps: readonly string[];
  readonly prices: Prices;
  readonly timing: Timing;
  /** Median seconds from EC2's "running" to the agent's first look. */
  readonly bootSeconds: number;
  /** `maximum_concurrency` of scale-up. */
  readonly invocationsAtOnce: number;
  /** Rows in a page of the ledger's table: few, and a query is many reads. */
  readonly tablePageLimit: number;
  /** Faults act this long; then the world is well. At least as long as jobs come. */
  readonly safetySeconds: number;
  /** After the last job's end, and the end of faults, all must be quiet in this time. */
  readonly quietLimitSeconds: number;
}
