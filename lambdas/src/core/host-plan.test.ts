import { describe, expect, test } from '@jest/globals';
import { type HostMemory, type HostRowSeen, type HostSeen, newHostMemory, rememberHost } from './host-memory.ts';
import { rememberOutcome } from './host-outcome.ts';
import { type HostPlan, planHost } from './host-plan.ts';
import type { HostPolicy } from './host-policy.ts';
import { after, type Instant } from './instant.ts';

const policy: HostPolicy = {
  bootLimitSeconds: 600,
  firstJobSeconds: 300,
  hardLimitSeconds: 7_200,
  leaseRenewalSeconds: 60,
  quietSeconds: 60,
  answerLimitSeconds: 900,
  rowlessLimitSeconds: 600,
};
const startedAt: Instant = 1_000_000;
const row = (grantState: HostRowSeen['grantState'], ask?: HostRowSeen['ask']): HostRowSeen => ({
  grantState,
  ...(ask && { ask }),
});

const booting: HostSeen = { startedAt, row: row('none'), runner: 'none', worker: 'none', notice: null };
const idle: HostSeen = { ...booting, row: row('taken'), runner: 'running' };
const busy: HostSeen = { ...idle, worker: 'running' };
const asked = (ask: HostRowSeen['ask']): HostSeen => ({ ...idle, row: row('taken', ask) });

/** A host whose plans succeed as long as its table can be reached. */
function life(options: { at?: number; memory?: HostMemory } = {}) {
  let memory = options.memory ?? newHostMemory;
  let now = after(startedAt, options.at ?? 0);
  const plans: HostPlan[] = [];
  const look = (seen: HostSeen): HostPlan => {
    memory = rememberHost(memory, seen, policy, now);
    const plan = planHost(seen, memory, policy, now);
    memory = rememberOutcome(memory, plan, seen.row === 'unknown' ? 'failed' : 'done', policy, now, 0);
    plans.push(plan);
    return plan;
  };
  /** Looks until the end, or for so long. Answers the plan that ended it and when, in seconds since the call. */
  const live = (seen: HostSeen, seconds: number, lookSeconds = 5): { plan: HostPlan; seconds: number } => {
    for (let passed = 0; ; passed += lookSeconds) {
      const plan = look(seen);
      if (plan.kind === 'end' || passed >= seconds) return { plan, seconds: passed };
      now = after(now, lookSeconds);
    }
  };
  const pass = (seconds: number): void => {
    now = after(now, seconds);
  };
  return { look, live, pass, plans, said: () => plans.flatMap((plan) => (plan.kind === 'renew' ? [plan.lease] : [])) };
}

describe('boot', () => {
  test('a host says booting, takes its grant, starts the runner, and says idle', () => {
    const host = life();
    expect(host.look({ ...booting, row: 'absent' })).toEqual({ kind: 'wait', reason: 'no-row' });
    expect(host.look(booting)).toMatchObject({ kind: 'renew', lease: { sees: 'booting' } });
    expect(host.look(booting)).toEqual({ kind: 'wait', reason: 'booting' });
    expect(host.look({ ...booting, row: row('given') })).toEqual({ kind: 'take-grant', reason: 'given' });
    expect(host.look({ ...booting, row: row('taken') })).toEqual({ kind: 'start-runner', reason: 'grant-taken' });
    expect(host.look(idle)).toMatchObject({ kind: 'renew', lease: { sees: 'idle' } });
  });

  test('past the boot limit without a grant it ends', () => {
    expect(life().live(booting, 7_200)).toEqual({ plan: { kind: 'end', reason: 'boot-limit' }, seconds: 600 });
  });

  test('a runner that does not start ends it at the same limit', () => {
    const host = life();
    host.look({ ...booting, row: row('given') });
    const end = host.live({ ...booting, row: row('taken') }, 7_200);
    expect(end).toEqual({ plan: { kind: 'end', reason: 'start-failed' }, seconds: 600 });
  });

  test('a void grant ends it, and so does one that was taken but is not here', () => {
    expect(life().look({ ...booting, row: row('void') })).toEqual({ kind: 'end', reason: 'grant-void' });
    expect(life().look({ ...booting, row: row('taken') })).toEqual({ kind: 'end', reason: 'grant-lost' });
  });

  test('a host that is asked to leave takes no grant, unless the ask is taken back', () => {
    const host = life();
    expect(host.look({ ...booting, row: row('given', 'leave') })).toMatchObject({ lease: { sees: 'leaving' } });
    expect(host.look({ ...booting, row: row('given', 'leave') }).kind).toBe('wait');
    expect(host.look({ ...booting, row: row('given') }).kind).toBe('take-grant');
  });

  test('a failed step waits, then is tried again, while the lease goes on', () => {
    const given = { ...booting, row: row('given') };
    const memory = rememberHost(newHostMemory, given, policy, startedAt);
    const plan = planHost(given, memory, policy, startedAt);
    const failed = rememberOutcome(memory, plan, 'failed', policy, startedAt, 1);
    expect(planHost(given, failed, policy, startedAt).kind).toBe('renew');
    expect(planHost(given, failed, policy, after(startedAt, 1)).kind).toBe('take-grant');
  });
});

describe('the end of a runner', () => {
  test('after its job: the word done, then the end', () => {
    const host = life();
    host.look(busy);
    expect(host.look({ ...idle, runner: 'exited' })).toMatchObject({ kind: 'renew', lease: { sees: 'done' } });
    expect(host.look({ ...idle, runner: 'exited' })).toEqual({ kind: 'end', reason: 'job-done' });
  });

  test('a runner that never worked ends as such, also where nobody hears the word', () => {
    const host = life();
    expect(host.look({ ...idle, runner: 'exited', row: 'unknown' }).kind).toBe('renew');
    expect(host.look({ ...idle, runner: 'exited', row: 'unknown' })).toEqual({ kind: 'end', reason: 'runner-exited' });
  });

  test('a worker that outlives its listener keeps the machine', () => {
    const host = life();
    expect(host.live({ ...busy, runner: 'exited' }, 3_600).plan.kind).not.toBe('end');
    expect(host.said().at(-1)?.sees).toBe('busy');
  });
});

describe('leaving', () => {
  test('without a job in time it says so, and is told to stay: the time starts again', () => {
    const host = life();
    expect(host.live(idle, 300).plan).toMatchObject({ kind: 'renew', lease: { sees: 'leaving', reason: 'no-job' } });
    expect(host.look(asked('stay'))).toMatchObject({ kind: 'renew', lease: { sees: 'idle' } });
    expect(host.live(idle, 295).plan.kind).not.toBe('end');
    expect(host.said().at(-1)?.sees).toBe('idle');
    expect(host.live(idle, 20).plan).toMatchObject({ kind: 'wait', reason: 'leaving' });
  });

  test('an old answer is none to a new question', () => {
    const host = life();
    host.live(asked('stay'), 300);
    expect(host.said().at(-1)?.sees).toBe('leaving');
    expect(host.look({ ...idle, row: 'unread' }).reason).toBe('leaving');
  });

  test('removed and quiet for a minute it ends; the minute starts when removed was first seen', () => {
    const host = life();
    host.live(asked('leave'), 600);
    const end = host.live(asked('removed'), 600);
    expect(end).toEqual({ plan: { kind: 'end', reason: 'left' }, seconds: 60 });
  });

  test('a control plane that does not answer is waited for, and then not missed', () => {
    const end = life().live(asked('leave'), 7_000);
    expect(end).toEqual({ plan: { kind: 'end', reason: 'control-plane-silent' }, seconds: 960 });
  });

  test('a worker cancels it at any point, and the ask applies anew after it', () => {
    const host = life();
    host.live(asked('removed'), 55);
    expect(host.look({ ...busy, row: row('taken', 'removed') })).toMatchObject({ lease: { sees: 'busy' } });
    host.pass(5);
    expect(host.live(asked('removed'), 600)).toEqual({ plan: { kind: 'end', reason: 'left' }, seconds: 60 });
    expect(host.said().map((lease) => lease.sees)).toEqual(['leaving', 'busy', 'leaving']);
  });

  test('an ask that is taken back leaves it idle', () => {
    const host = life();
    host.live(asked('leave'), 30);
    expect(host.look(idle)).toMatchObject({ kind: 'renew', lease: { sees: 'idle' } });
  });

  test('time in which nobody looked is no quiet time', () => {
    const host = life();
    host.live(asked('removed'), 10);
    host.pass(3_600);
    expect(host.look(asked('removed')).kind).not.toBe('end');
  });
});

describe('limits', () => {
  test('a Spot notice ends a host without worker, and no other', () => {
    const notice = after(startedAt, 120);
    expect(life().look({ ...busy, notice }).kind).toBe('renew');
    expect(life().look({ ...idle, notice })).toEqual({ kind: 'end', reason: 'spot-notice' });
  });

  test.each(['absent', 'unknown'] as const)('a row that is %s for long ends a host without worker', (gone) => {
    const host = life();
    host.live(idle, 30);
    expect(host.live({ ...idle, row: gone }, 7_000).plan).toEqual({ kind: 'end', reason: 'row-gone' });
    expect(life().live({ ...busy, row: gone }, 3_600).plan.kind).not.toBe('end');
  });

  test('after a job without table there is a quiet minute too', () => {
    const host = life();
    host.live({ ...busy, row: 'unknown' }, 3_000);
    expect(host.live({ ...idle, row: 'unknown' }, 600)).toEqual({
      plan: { kind: 'end', reason: 'row-gone' },
      seconds: 60,
    });
  });
});

describe('lease', () => {
  test('its counter moves at each renewal, also past a restart of the agent', () => {
    const host = life();
    host.live(busy, 600);
    const before = host.said().map((lease) => lease.counter);
    expect(before.length).toBe(11);
    const restarted = life({ at: 605 });
    restarted.look(busy);
    const counters = [...before, ...restarted.said().map((lease) => lease.counter)];
    expect(counters).toEqual([...new Set(counters)].sort((a, b) => a - b));
  });

  test('it tells since when the host sees what it sees', () => {
    const host = life();
    host.live(busy, 120);
    expect(new Set(host.said().map((lease) => lease.since))).toEqual(new Set([startedAt]));
  });
});
