import type { WantedFaults } from '../../simulator/plan/scenario.ts';

/** As commander has read them. */
export interface SimulateOptions {
  readonly config?: readonly string[];
  readonly trace?: string;
  readonly workload?: string;
  readonly jobs?: number;
  readonly seed: number;
  readonly seeds: number;
  readonly faults: WantedFaults;
  readonly dropWebhooks: number;
  readonly prices?: string;
  readonly apps?: number;
  readonly bootSeconds?: number;
  readonly onlyJobs?: readonly number[];
  readonly onlyFaults?: readonly string[];
  readonly jobSecondsLimit?: number;
  readonly threads?: number;
  readonly json?: true;
  readonly out?: string;
  readonly shrink?: true;
}
