import { after, type Instant } from './instant.ts';
import type { Timing } from './timing.ts';

/** What the ledger remembers of a fleet's launches that never registered. */
export interface LaunchFailures {
  /** In a row, for one configuration. */
  readonly failures: number;
  readonly hash: string;
  readonly reason: string;
  readonly failedAt: Instant;
  /** The last probe launch. */
  readonly probedAt?: Instant;
}

/** `closed`: launch. `open`: launch nothing until then. `probe`: launch one, to see whether it boots. */
export type BreakerState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly until: Instant; readonly reason: string }
  | { readonly kind: 'probe' };

/** One failure may be the machine's, two may be a bad minute; three alike are the image or the configuration. */
const failureLimit = 3;

/** Stops paying for machines that never work. `hash` is the fleet's now: whoever changes it may try again at once. */
export function breakerAt(
  row: LaunchFailures | undefined,
  hash: string,
  now: Instant,
  timing: Pick<Timing, 'probeFirstSeconds' | 'probeLastSeconds'>,
): BreakerState {
  if (!row || row.hash !== hash || row.failures < failureLimit) return { kind: 'closed' };
  const interval = Math.min(timing.probeFirstSeconds * 2 ** (row.failures - failureLimit), timing.probeLastSeconds);
  // The probe too: until it has registered or failed, it is the last that was tried.
  const until = after(Math.max(row.failedAt, row.probedAt ?? row.failedAt), interval);
  return now < until ? { kind: 'open', until, reason: row.reason } : { kind: 'probe' };
}
