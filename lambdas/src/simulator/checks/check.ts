import type { FleetConfig } from '../../core/config.ts';
import type { Instant } from '../../core/instant.ts';
import type { Timing } from '../../core/timing.ts';
import type { Witness } from '../facts.ts';
import type { Breach } from '../result.ts';

/** What a check needs to know of the run, beside its facts. */
export interface CheckedRun {
  /** As configured at that moment. */
  fleets(): readonly FleetConfig[];
  /** For all fleets together; -1: no limit. */
  deploymentLimit(): number;
  readonly timing: Timing;
  /** From then on the world is well. */
  readonly faultsEndAt: Instant;
}

/** Judges by what really happened, never by the ledger. */
export interface Check {
  readonly witness: Witness;
  /** What was broken so far, and, at the end of the run, what should have happened and did not. */
  breaches(end?: Instant): readonly Breach[];
}

export type MakeCheck = (run: CheckedRun) => Check;
