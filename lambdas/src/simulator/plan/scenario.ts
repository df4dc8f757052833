import type { Config } from '../../core/config.ts';
import type { Prices } from '../world/prices.ts';
import type { Reduction } from './reduction.ts';

/** Light and heavy leave it to the seed which faults there are; names are those, at their hardest. */
export type WantedFaults = 'none' | 'light' | 'heavy' | readonly string[];

export type WantedWorkload =
  | { readonly kind: 'synthetic'; readonly name?: string; readonly jobs?: number }
  | { readonly kind: 'trace'; readonly text: string; readonly fileName: string };

/** What somebody asked to see simulated. With a seed it is a plan. Plain data, for another thread. */
export interface Scenario {
  /** Without it: the example, or, where faults act, one that the seed draws. */
  readonly config?: Config;
  readonly workload: WantedWorkload;
  readonly faults: WantedFaults;
  /** Of all deliveries, 0 to 1. */
  readonly dropWebhooks: number;
  readonly prices: Prices;
  /** How many Apps share the forge's limits. */
  readonly apps?: number;
  readonly bootSeconds?: number;
  readonly only: Reduction;
}
