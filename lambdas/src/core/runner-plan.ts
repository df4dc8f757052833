import type { FleetConfig } from './config.ts';
import type { Instance } from './instance.ts';
import { after, ageSeconds, type Instant } from './instant.ts';
import type { LaneJob } from './lane-view.ts';
import { type LeaseLook, leaseLookOf } from './lease-look.ts';
import type { Registration } from './registration.ts';
import type { Looks } from './runner.ts';
import { isAway, looksOf, notBusySeconds } from './runner-looks.ts';
import type { Standing } from './runner-state.ts';
import type { Timing } from './timing.ts';

/** What scale-down does about one runner, and why. */
export type RunnerPlan = {
  readonly standing: Standing;
  readonly reason: string;
  /** What was seen now, to be written down where it differs from the row. */
  readonly looks: Looks;
} & (
  | { readonly kind: 'keep' }
  /** Its machine is gone: free the slot. */
  | { readonly kind: 'close' }
  /** First step: the host is told to leave when it is quiet. */
  | { readonly kind: 'ask-to-leave' }
  /** The host wants to go and is needed. */
  | { readonly kind: 'refuse-to-let-go' }
  /** It was told to stay, and does: left standing, that word would answer its next wish as well. */
  | { readonly kind: 'forget-answer' }
  /** A worker showed up while it was leaving. */
  | { readonly kind: 'take-back' }
  /** Second step: the host is quiet and says so; deregister it, then it ends itself. */
  | { readonly kind: 'retire' }
  /** It never took its grant: void that, then end the machine at once. */
  | { readonly kind: 'end-unstarted' }
  /** Paid for, and not working: deregister, then end. */
  | { readonly kind: 'end-lost' }
  | { readonly kind: 'end-at-hard-limit' }
  /** It looks lost, but a job names it: the forge is asked about that job first. */
  | { readonly kind: 'read-job'; readonly job: LaneJob }
);

/** Both sides of one runner. */
export interface RunnerLook {
  readonly standing: Standing;
  /** `unlisted`: a complete list of machines did not name it. */
  readonly instance: Instance | 'unlisted';
  /** `absent`: a complete list of the forge did not name it. `unknown`: there is no such list. */
  readonly registration: Registration | 'absent' | 'unknown';
  /** A running job of any lane that names it. */
  readonly job: LaneJob | undefined;
}

export interface RunnerPolicy {
  readonly fleet: FleetConfig;
  readonly timing: Timing;
  /** More silence at once than machines fail by themselves: then it is a fault of ours. */
  readonly isSilenceOurs: boolean;
}

/** One runner by itself, before its lane says how many may go: everything but surplus. */
export function planRunner(look: RunnerLook, policy: RunnerPolicy, now: Instant): RunnerPlan {
  const { standing } = look;
  const looks = looksOf(look, policy, now);
  const plan = (kind: PlainKind, reason: string): RunnerPlan => ({ kind, reason, standing, looks });
  const lease = leaseLookOf(standing, policy.timing, now);

  const closing = closingReason(look, looks, policy.timing, now);
  if (closing !== undefined) return plan('close', closing);
  if (look.instance !== 'unlisted' && look.instance.state === 'stopping') return plan('keep', 'stopping');
  if (look.instance !== 'unlisted' && look.instance.bypassRemoval) {
    const isLeaving = standing.row.phase === 'leaving' && standing.host?.ask !== 'removed';
    return plan(isLeaving ? 'take-back' : 'keep', 'bypass-removal');
  }
  if (ageSeconds(standing.row.launchedAt, now) > policy.fleet.hardLimitHours * 3600) {
    return plan('end-at-hard-limit', 'hard-limit');
  }
  if (isUnstarted(standing, policy.fleet, now)) return plan('end-unstarted', 'boot-limit');
  if (lease.kind === 'silent') return lostPlan(look, lease, looks, policy, plan, now);
  return livingPlan(look, looks, plan);
}

type PlainKind = Exclude<RunnerPlan['kind'], 'read-job'>;
type Plan = (kind: PlainKind, reason: string) => RunnerPlan;

function livingPlan(look: RunnerLook, looks: Looks, plan: Plan): RunnerPlan {
  const { standing } = look;
  const { row, host } = standing;
  if (standing.state === 'busy') {
    // Once its registration is removed it can't come back to work: it finishes this job, and ends itself.
    if (row.phase === 'leaving' && host?.ask === 'leave') return plan('take-back', 'worker-while-leaving');
    return plan('keep', standing.reason);
  }
  if (host?.ask === 'stay' && host.lease?.sees === 'idle') return plan('forget-answer', 'stays');
  if (host?.lease?.sees === 'done') return plan('keep', 'ends-itself');
  if (row.phase === 'leaving') return leavingPlan(standing, plan);
  if (standing.state === 'idle' && looks.unlistedTwice) return plan('ask-to-leave', 'forge-does-not-know-it');
  return plan('keep', standing.reason);
}

function leavingPlan({ row, host }: Standing, plan: Plan): RunnerPlan {
  if (host?.ask === 'removed') return plan('keep', 'ends-when-quiet');
  if (host?.lease?.sees === 'leaving') return plan('retire', row.reason);
  // The row moves before the host is told; who died in between left a host that knows of nothing.
  if (host?.ask !== 'leave') return plan('ask-to-leave', row.reason);
  return plan('keep', 'asked-to-leave');
}

/** A machine that EC2 calls terminated is gone at once; absence counts after age, and in two looks. */
function closingReason(look: RunnerLook, looks: Looks, timing: Timing, now: Instant): string | undefined {
  if (look.instance !== 'unlisted') {
    return look.instance.state === 'terminated' ? (look.instance.endReason ?? 'terminated') : undefined;
  }
  const { missingAt } = looks;
  const isAbsent = missingAt !== undefined && now >= after(missingAt, timing.absenceSeconds);
  return isAbsent ? 'absent' : undefined;
}

/** Past its boot limit without having taken its grant: it holds nothing, and can still be kept from ever taking it. */
function isUnstarted({ row, host }: Standing, fleet: FleetConfig, now: Instant): boolean {
  const isLate = ageSeconds(row.launchedAt, now) > fleet.runnerBootTimeMinutes * 60;
  // A row that is not there says nothing: it may have been lost under a runner that works.
  return isLate && host !== undefined && host.grantState !== 'taken';
}

/**
 * Without the host's word, all of this is needed to end a machine: silence by our clock, a forge that was looked at all
 * that time and never called it busy, no job that names it, and silence that is not our own fault. One that took its
 * grant, or may have, has to be away at the forge at the first of those looks and now, or impaired by the provider's own
 * check. Else only the hard limit ends it.
 */
function lostPlan(
  look: RunnerLook,
  lease: Extract<LeaseLook, { kind: 'silent' }>,
  looks: Looks,
  policy: RunnerPolicy,
  plan: Plan,
  now: Instant,
): RunnerPlan {
  const { instance, job, standing } = look;
  const doubt = lossDoubt(look, lease, looks, policy, now);
  if (doubt !== undefined) return plan('keep', doubt);
  if (job !== undefined) return { kind: 'read-job', reason: 'silent-but-a-job-names-it', job, standing, looks };
  if (instance !== 'unlisted' && instance.impaired) return plan('end-lost', 'impaired');
  const mayRun = standing.host === undefined || standing.host.grantState === 'taken';
  if (!mayRun) return plan('end-lost', 'silent');
  // That its registration is away is our doing: a job may have been handed to it in the moment before.
  if (standing.host?.ask === 'removed') return plan('keep', 'silent-and-removed');
  const isAwayTwice = isAway(look.registration) && looks.silent?.notBusy?.offlineToo === true;
  return isAwayTwice ? plan('end-lost', 'silent') : plan('keep', 'silent-but-online');
}

/** What speaks against a loss, whatever the machine may hold. */
function lossDoubt(
  { registration }: RunnerLook,
  lease: Extract<LeaseLook, { kind: 'silent' }>,
  looks: Looks,
  { isSilenceOurs, timing }: RunnerPolicy,
  now: Instant,
): string | undefined {
  if (!lease.isLong) return 'silent';
  if (isSilenceOurs) return 'too-many-silent-at-once';
  if (registration === 'unknown') return 'silent-and-forge-unknown';
  if (registration !== 'absent' && registration.busy) return 'silent-but-forge-says-busy';
  const isIdleForLong = notBusySeconds(looks.silent?.notBusy, timing, now) >= timing.lostSeconds;
  return isIdleForLong ? undefined : 'silent-but-not-idle-for-long';
}
