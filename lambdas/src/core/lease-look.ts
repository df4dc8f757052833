import { after, type Instant } from './instant.ts';
import type { Standing } from './runner-state.ts';
import type { Timing } from './timing.ts';

/**
 * A lease, looked at by our clock. Only its counter is believed: the host's own time merely tells when a look is worth
 * writing down, so that thousands of healthy leases cost no write at all.
 */
export type LeaseLook =
  | { readonly kind: 'moving' }
  /** Its time is far from ours: note the counter, and see whether it moves. */
  | { readonly kind: 'suspect'; readonly counter: number }
  /** The counter stood still, by our clock. `isLong`: long enough to call the runner lost. */
  | { readonly kind: 'silent'; readonly counter: number; readonly isLong: boolean };

/** No lease was ever written by a host that took its grant, or nobody knows, as its row is not there. */
const neverWritten = -1;

export function leaseLookOf({ row, host }: Standing, timing: Timing, now: Instant): LeaseLook {
  const lease = host?.lease;
  if (lease === undefined && host !== undefined && host.grantState !== 'taken') return { kind: 'moving' };
  const writtenAt = lease?.at ?? row.launchedAt;
  if (Math.abs(now - writtenAt) < timing.leaseSilenceSeconds * 1000) return { kind: 'moving' };
  const counter = lease?.counter ?? neverWritten;
  const noted = row.looks.silent;
  if (noted === undefined || noted.counter !== counter || now < after(noted.since, timing.leaseSilenceSeconds)) {
    return { kind: 'suspect', counter };
  }
  return { kind: 'silent', counter, isLong: now >= after(noted.since, timing.lostSeconds) };
}
