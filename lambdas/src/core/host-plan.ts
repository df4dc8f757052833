import type { HostMemory, HostSeen, UnheardEndReason } from './host-memory.ts';
import type { HostPolicy } from './host-policy.ts';
import { ageSeconds, type Instant } from './instant.ts';
import { jobDone, type Lease } from './runner.ts';

export type HostEndReason =
  | 'hard-limit'
  | 'boot-limit'
  | 'start-failed'
  | 'grant-void'
  | 'grant-lost'
  | 'job-done'
  | 'runner-exited'
  | 'left'
  | UnheardEndReason;

/** What a host does next. */
export type HostPlan =
  | { readonly kind: 'take-grant'; readonly reason: 'given' }
  | { readonly kind: 'start-runner'; readonly reason: 'grant-taken' }
  | { readonly kind: 'renew'; readonly reason: 'changed' | 'due'; readonly lease: Lease }
  | { readonly kind: 'wait'; readonly reason: Lease['sees'] | 'no-row' | 'backing-off' }
  /** Before an end that the forge does not know of: a job that it just handed out has no worker yet. */
  | { readonly kind: 'stop-listening'; readonly reason: UnheardEndReason }
  | { readonly kind: 'end'; readonly reason: HostEndReason };

/** Of a memory that holds this look already. First that applies wins; the order is the meaning. */
export function planHost(seen: HostSeen, memory: HostMemory, policy: HostPolicy, now: Instant): HostPlan {
  if (ageSeconds(seen.startedAt, now) >= policy.hardLimitSeconds) return { kind: 'end', reason: 'hard-limit' };
  if (seen.worker !== 'none') return lease(seen, memory, policy, now);

  const reason = endReasonOf(seen, memory, policy, now);
  // The forge hears nothing from a runner that exited, so the control plane should: once, whatever comes of it.
  if (reason && seen.runner === 'exited' && !memory.saidDone) return lease(seen, memory, policy, now);
  if (reason && isUnheard(reason) && mayListen(seen, memory)) {
    const stop: HostPlan = { kind: 'stop-listening', reason };
    return isBackingOff(memory, stop.kind, now) ? lease(seen, memory, policy, now) : stop;
  }
  if (reason) return { kind: 'end', reason };

  if (seen.runner === 'none' && !memory.leaving) return boot(seen, memory, policy, now);
  return lease(seen, memory, policy, now);
}

/** Without worker: why there is nothing left to wait for, if so. */
function endReasonOf(seen: HostSeen, memory: HostMemory, policy: HostPolicy, now: Instant): HostEndReason | undefined {
  if (seen.runner === 'exited') return memory.hadWorker ? 'job-done' : 'runner-exited';
  // The registration is the control plane's to remove; this machine is gone in two minutes whatever we do.
  if (seen.notice !== null) return 'spot-notice';
  if (memory.stoppedFor && quietSecondsOf(memory) >= policy.quietSeconds) return memory.stoppedFor;
  if (isRowless(memory, policy, now)) return 'row-gone';
  const quiet = memory.leaving?.quiet;
  if (quiet && quietSecondsOf(memory) - quiet.from >= policy.quietSeconds) {
    return quiet.after === 'removed' ? 'left' : 'control-plane-silent';
  }
  return seen.runner === 'none' ? bootEndReasonOf(seen, memory, policy, now) : undefined;
}

const isUnheard = (reason: HostEndReason): reason is UnheardEndReason =>
  reason === 'spot-notice' || reason === 'row-gone' || reason === 'control-plane-silent';

const mayListen = ({ runner }: HostSeen, { stoppedFor }: HostMemory): boolean =>
  (runner === 'running' || runner === 'unknown') && stoppedFor === undefined;

function bootEndReasonOf(
  seen: HostSeen,
  memory: HostMemory,
  policy: HostPolicy,
  now: Instant,
): HostEndReason | undefined {
  const grantState = typeof memory.row === 'object' ? memory.row.grantState : 'none';
  if (!memory.tookGrant && grantState === 'void') return 'grant-void';
  // Somebody took it, and nothing runs: the agent that took it died, or its answer was lost. None is given twice.
  if (!memory.tookGrant && grantState === 'taken') return 'grant-lost';
  if (ageSeconds(seen.startedAt, now) < policy.bootLimitSeconds) return undefined;
  return memory.tookGrant ? 'start-failed' : 'boot-limit';
}

const quietSecondsOf = (memory: HostMemory): number => memory.workerlessSeconds ?? 0;

/** Quiet as well: the next job may come a moment after the last, whatever the table says. */
const isRowless = (memory: HostMemory, policy: HostPolicy, now: Instant): boolean =>
  memory.rowlessSince !== undefined &&
  ageSeconds(memory.rowlessSince, now) >= policy.rowlessLimitSeconds &&
  quietSecondsOf(memory) >= policy.quietSeconds;

function boot(seen: HostSeen, memory: HostMemory, policy: HostPolicy, now: Instant): HostPlan {
  const given = typeof memory.row === 'object' && memory.row.grantState === 'given';
  const next: HostPlan | undefined = memory.tookGrant
    ? { kind: 'start-runner', reason: 'grant-taken' }
    : given
      ? { kind: 'take-grant', reason: 'given' }
      : undefined;
  return next && !isBackingOff(memory, next.kind, now) ? next : lease(seen, memory, policy, now);
}

const isBackingOff = (memory: HostMemory, kind: HostPlan['kind'], now: Instant): boolean =>
  memory.failed?.kind === kind && now < memory.failed.until;

/** The host's word about itself: when it changes, and now and then. A row that is not there is not written to. */
function lease(seen: HostSeen, memory: HostMemory, policy: HostPolicy, now: Instant): HostPlan {
  const sees = seesOf(seen, memory);
  if (typeof memory.row !== 'object' && sees !== 'done') return { kind: 'wait', reason: 'no-row' };

  const last = memory.lease;
  const reason = sightReasonOf(sees, memory);
  const changed = last?.sees !== sees || last.reason !== reason;
  // A clock that was set back must not silence us until it has caught up.
  const fresh = !changed && last.at <= now && ageSeconds(last.at, now) < policy.leaseRenewalSeconds;
  if (fresh) return { kind: 'wait', reason: sees };
  if (isBackingOff(memory, 'renew', now)) return { kind: 'wait', reason: 'backing-off' };
  const next: Lease = {
    // By the clock, so that it moves on also after an agent that forgot where it was.
    counter: Math.max((last?.counter ?? 0) + 1, Math.floor(now / 1000)),
    sees,
    since: last?.sees === sees ? last.since : now,
    at: now,
    ...(reason && { reason }),
  };
  return { kind: 'renew', reason: changed ? 'changed' : 'due', lease: next };
}

function sightReasonOf(sees: Lease['sees'], { leaving, hadWorker }: HostMemory): string | undefined {
  if (sees === 'done' && hadWorker) return jobDone;
  return sees === 'leaving' ? leaving?.reason : undefined;
}

function seesOf(seen: HostSeen, memory: HostMemory): Lease['sees'] {
  if (seen.runner === 'none') return memory.leaving ? 'leaving' : 'booting';
  if (seen.worker !== 'none') return 'busy';
  if (seen.runner === 'exited') return 'done';
  return memory.leaving ? 'leaving' : 'idle';
}
