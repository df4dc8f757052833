import type { HostMemory } from './host-memory.ts';
import { retrySeconds } from './host-pace.ts';
import type { HostPlan } from './host-plan.ts';
import type { HostPolicy } from './host-policy.ts';
import { after, type Instant } from './instant.ts';

/** `refused`: it was answered, but there was nothing to take or to write to, or a job was in hand. */
export type HostOutcome = 'done' | 'refused' | 'failed';

/** Folds what came of a plan into the memory. `fraction` spreads the retries of many hosts. */
export function rememberOutcome(
  memory: HostMemory,
  plan: HostPlan,
  outcome: HostOutcome,
  policy: HostPolicy,
  now: Instant,
  fraction: number,
): HostMemory {
  if (plan.kind === 'wait') return memory;
  const saidDone = memory.saidDone || (plan.kind === 'renew' && plan.lease.sees === 'done');
  const tried: HostMemory = { ...memory, saidDone };
  if (plan.kind === 'renew' && outcome === 'refused') {
    return { ...tried, row: 'absent', rowlessSince: memory.rowlessSince ?? now };
  }
  if (plan.kind === 'stop-listening' && outcome === 'refused') return withJobInHand(tried);
  if (outcome !== 'done') {
    const times = memory.failed?.kind === plan.kind ? memory.failed.times + 1 : 1;
    return { ...tried, failed: { kind: plan.kind, times, until: after(now, retrySeconds(times, policy, fraction)) } };
  }
  const failed = memory.failed?.kind === plan.kind ? undefined : memory.failed;
  if (plan.kind === 'take-grant') return { ...tried, failed, tookGrant: true };
  if (plan.kind === 'stop-listening') return { ...tried, failed, stoppedFor: plan.reason };
  // A lease that was written proves the row as well as a read does.
  if (plan.kind === 'renew') return { ...tried, failed, lease: plan.lease, rowlessSince: undefined };
  return { ...tried, failed };
}

/** As good as a worker, which will show itself: quiet begins anew. */
const withJobInHand = (memory: HostMemory): HostMemory => ({
  ...memory,
  hadWorker: true,
  workerlessSeconds: undefined,
  idleSince: undefined,
  leaving: undefined,
  failed: undefined,
});
