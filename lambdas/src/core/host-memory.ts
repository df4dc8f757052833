import type { HostPolicy } from './host-policy.ts';
import { ageSeconds, type Instant } from './instant.ts';
import type { Ask, GrantState, Lease } from './runner.ts';

/** The host's own row, as far as its decisions need it. */
export interface HostRowSeen {
  readonly grantState: GrantState;
  readonly ask?: Ask;
}

/** One look of a host at itself. What could not be read is `unknown`, and unknown never ends anything. */
export interface HostSeen {
  readonly startedAt: Instant;
  /** `unread`: it was not time to ask. */
  readonly row: HostRowSeen | 'absent' | 'unknown' | 'unread';
  readonly runner: 'none' | 'running' | 'exited' | 'unknown';
  readonly worker: 'none' | 'running' | 'unknown';
  readonly notice: Instant | null;
}

/** Why a host ends while the forge may still give its runner a job: nobody could remove the registration first. */
export type UnheardEndReason = 'spot-notice' | 'row-gone' | 'control-plane-silent';

export interface Leaving {
  readonly reason: 'asked' | 'no-job';
  readonly since: Instant;
  /** Quiet counts from what permits the end: `removed` by the control plane, or its `silence`. `from`: the workerless seconds then. */
  readonly quiet: { readonly after: 'removed' | 'silence'; readonly from: number } | undefined;
}

/** What one look hands to the next. It is lost when the agent dies; each field then starts anew, on the safe side. */
export interface HostMemory {
  readonly firstLookAt: Instant | undefined;
  readonly lookedAt: Instant | undefined;
  /** The last answer of the table. */
  readonly row: HostRowSeen | 'absent' | undefined;
  /** Since the first of the reads, up to the last one, that found no row or no table. */
  readonly rowlessSince: Instant | undefined;
  /** The grant was taken by this agent, so that it holds the secret until the runner is started. */
  readonly tookGrant: boolean;
  readonly hadWorker: boolean;
  /** For how long nobody worked, as far as somebody looked; undefined: the last look saw a worker. */
  readonly workerlessSeconds: number | undefined;
  /** Since when the runner has waited for a job. */
  readonly idleSince: Instant | undefined;
  readonly leaving: Leaving | undefined;
  /** Why the runner was kept from taking jobs. There is no way back: what is left is the end. */
  readonly stoppedFor: UnheardEndReason | undefined;
  /** The last lease that was written. */
  readonly lease: Lease | undefined;
  /** The last word `done` was tried; whether it was heard does not matter to a machine without runner. */
  readonly saidDone: boolean;
  /** What failed last waits until then. */
  readonly failed: { readonly kind: string; readonly times: number; readonly until: Instant } | undefined;
}

export const newHostMemory: HostMemory = {
  firstLookAt: undefined,
  lookedAt: undefined,
  row: undefined,
  rowlessSince: undefined,
  tookGrant: false,
  hadWorker: false,
  workerlessSeconds: undefined,
  idleSince: undefined,
  leaving: undefined,
  stoppedFor: undefined,
  lease: undefined,
  saidDone: false,
  failed: undefined,
};

/** Folds one look into the memory. The plan is made of the result. */
export function rememberHost(memory: HostMemory, seen: HostSeen, policy: HostPolicy, now: Instant): HostMemory {
  const read = typeof seen.row === 'object' ? seen.row : undefined;
  const looked: HostMemory = {
    ...memory,
    firstLookAt: memory.firstLookAt ?? now,
    lookedAt: now,
    // A table that fails says nothing: what it said last still stands.
    row: read ?? (seen.row === 'absent' ? 'absent' : memory.row),
    rowlessSince: read ? undefined : seen.row === 'unread' ? memory.rowlessSince : (memory.rowlessSince ?? now),
    hadWorker: memory.hadWorker || seen.worker === 'running',
  };
  if (seen.worker !== 'none')
    return { ...looked, workerlessSeconds: undefined, idleSince: undefined, leaving: undefined };

  const idleSince = looked.idleSince ?? (seen.runner === 'running' ? now : undefined);
  const workerlessSeconds = workerlessSecondsOf(memory, policy, now);
  return withLeaving({ ...looked, idleSince, workerlessSeconds }, read !== undefined, policy, now);
}

/** A gap between two looks (a suspended laptop, a stopped agent) counts for a third at most: unseen time is not quiet. */
function workerlessSecondsOf(memory: HostMemory, policy: HostPolicy, now: Instant): number {
  if (memory.workerlessSeconds === undefined || memory.lookedAt === undefined) return 0;
  return memory.workerlessSeconds + Math.min(ageSeconds(memory.lookedAt, now), policy.quietSeconds / 3);
}

function withLeaving(memory: HostMemory, freshRow: boolean, policy: HostPolicy, now: Instant): HostMemory {
  const ask = typeof memory.row === 'object' ? memory.row.ask : askOfAbsentRow(memory);
  const { leaving } = memory;
  // Only a read made after we said `leaving` is an answer to it.
  const stays = ask === 'stay' && freshRow;
  const takenBack = ask === undefined && leaving?.reason === 'asked';
  if (leaving && (stays || takenBack)) {
    return { ...memory, leaving: undefined, idleSince: memory.idleSince === undefined ? undefined : now };
  }

  const begun = beginning(memory, ask, policy, now);
  return begun ? { ...memory, leaving: { ...begun, quiet: quietOf(memory, begun, ask, policy, now) } } : memory;
}

/** The control plane closes rows of machines that it takes for gone: what was asked before still holds. */
const askOfAbsentRow = (memory: HostMemory): Ask | undefined => {
  if (memory.leaving?.quiet?.after === 'removed') return 'removed';
  return memory.leaving?.reason === 'asked' ? 'leave' : undefined;
};

function beginning(memory: HostMemory, ask: Ask | undefined, policy: HostPolicy, now: Instant): Leaving | undefined {
  const { leaving, idleSince } = memory;
  const asked: Leaving = { reason: 'asked', since: now, quiet: undefined };
  if (ask === 'removed') return leaving ?? asked;
  if (ask === 'leave') return leaving?.reason === 'asked' ? leaving : asked;
  if (leaving) return leaving;
  const waitedLong = idleSince !== undefined && ageSeconds(idleSince, now) >= policy.firstJobSeconds;
  return waitedLong ? { reason: 'no-job', since: now, quiet: undefined } : undefined;
}

function quietOf(
  memory: HostMemory,
  leaving: Leaving,
  ask: Ask | undefined,
  policy: HostPolicy,
  now: Instant,
): Leaving['quiet'] {
  const silent = ageSeconds(leaving.since, now) >= policy.answerLimitSeconds;
  const permitted = ask === 'removed' ? 'removed' : silent ? 'silence' : undefined;
  if (permitted === undefined || leaving.quiet?.after === permitted) return permitted && leaving.quiet;
  return { after: permitted, from: memory.workerlessSeconds ?? 0 };
}
