import type { HostMemory } from './host-memory.ts';
import type { HostPolicy } from './host-policy.ts';
import { ageSeconds, type Instant } from './instant.ts';

/** A machine boots while its grant is minted: for its first minute it asks often, because a job waits for the answer. */
const eagerSeconds = 60;

/** Between two looks at the machine, which cost nothing but a little of its processor. */
export function lookSeconds(memory: HostMemory, policy: HostPolicy, now: Instant): number {
  const calm = Math.min(5, Math.max(1, policy.quietSeconds / 12));
  const booting = memory.idleSince === undefined && !memory.hadWorker && !memory.leaving;
  const eager = booting && ageSeconds(memory.firstLookAt ?? now, now) < eagerSeconds;
  return eager ? 1 : calm;
}

/**
 * Between two reads of the row, which the provider bills: at each look while an answer is awaited, else seldom. Not at all
 * while a worker runs: it outweighs whatever is asked, and its lease, which is renewed, proves the row as well.
 */
export function readSeconds(memory: HostMemory, policy: HostPolicy): number {
  const { idleSince, hadWorker, leaving, workerlessSeconds, row, tookGrant } = memory;
  if (leaving) return 0;
  if (hadWorker && workerlessSeconds === undefined && typeof row === 'object') return Number.POSITIVE_INFINITY;
  // The grant was the answer: from then on all that may come is to be asked to leave.
  if (idleSince !== undefined || (tookGrant && !hadWorker)) return Math.min(15, policy.leaseRenewalSeconds / 4);
  return hadWorker ? policy.leaseRenewalSeconds : 0;
}

/** After `times` failures in a row: one second, then doubled; `fraction` spreads many hosts over it. */
export function retrySeconds(times: number, policy: HostPolicy, fraction: number): number {
  // Several tries fit into the time after which a missing table ends a host.
  const last = Math.min(30, policy.rowlessLimitSeconds / 4);
  return Math.min(last, 2 ** (times - 1)) * (0.5 + fraction / 2);
}
