import {
  type HostMemory,
  type HostRowSeen,
  type HostSeen,
  newHostMemory,
  rememberHost,
} from '../../src/core/host-memory.ts';
import { type HostOutcome, rememberOutcome } from '../../src/core/host-outcome.ts';
import { type HostPlan, planHost } from '../../src/core/host-plan.ts';
import type { HostPolicy } from '../../src/core/host-policy.ts';
import { after, type Instant } from '../../src/core/instant.ts';
import type { Lease } from '../../src/core/runner.ts';

export const hostPolicy: HostPolicy = {
  bootLimitSeconds: 600,
  firstJobSeconds: 300,
  hardLimitSeconds: 7_200,
  leaseRenewalSeconds: 60,
  quietSeconds: 60,
  answerLimitSeconds: 900,
  rowlessLimitSeconds: 600,
};
export const hostStartedAt: Instant = 1_000_000;
export const hostRow = (grantState: HostRowSeen['grantState'], ask?: HostRowSeen['ask']): HostRowSeen => ({
  grantState,
  ...(ask && { ask }),
});

export const bootingHost: HostSeen = {
  startedAt: hostStartedAt,
  row: hostRow('none'),
  runner: 'none',
  worker: 'none',
  notice: null,
};
export const idleHost: HostSeen = { ...bootingHost, row: hostRow('taken'), runner: 'running' };
export const busyHost: HostSeen = { ...idleHost, worker: 'running' };
export const askedHost = (ask: HostRowSeen['ask']): HostSeen => ({ ...idleHost, row: hostRow('taken', ask) });

/** A host whose plans succeed as long as its table can be reached. */
export function hostLife(options: { at?: number; memory?: HostMemory } = {}) {
  let memory = options.memory ?? newHostMemory;
  let now = after(hostStartedAt, options.at ?? 0);
  const plans: HostPlan[] = [];
  /** `inHand`: the forge has just handed a job to its runner, which has no worker yet. */
  const look = (seen: HostSeen, inHand?: 'in-hand'): HostPlan => {
    memory = rememberHost(memory, seen, hostPolicy, now);
    const plan = planHost(seen, memory, hostPolicy, now);
    memory = rememberOutcome(memory, plan, outcomeOf(plan, seen, inHand), hostPolicy, now, 0);
    plans.push(plan);
    return plan;
  };
  /** Looks until the end, or for so long. Answers the plan that ended it and when, in seconds since the call. */
  const live = (seen: HostSeen, seconds: number, lookSeconds = 5): { plan: HostPlan; seconds: number } => {
    for (let passed = 0; ; passed += lookSeconds) {
      const plan = look(seen);
      if (plan.kind === 'stop-listening') return { plan: look(seen), seconds: passed };
      if (plan.kind === 'end' || passed >= seconds) return { plan, seconds: passed };
      now = after(now, lookSeconds);
    }
  };
  const pass = (seconds: number): void => {
    now = after(now, seconds);
  };
  return {
    look,
    live,
    pass,
    plans,
    said: (): readonly Lease[] => plans.flatMap((plan) => (plan.kind === 'renew' ? [plan.lease] : [])),
  };
}

function outcomeOf(plan: HostPlan, { row }: HostSeen, inHand: 'in-hand' | undefined): HostOutcome {
  if (plan.kind === 'stop-listening') return inHand ? 'refused' : 'done';
  return row === 'unknown' ? 'failed' : 'done';
}
