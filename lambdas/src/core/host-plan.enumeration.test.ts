import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type HostMemory, type HostSeen, newHostMemory, rememberHost } from './host-memory.ts';
import { rememberOutcome } from './host-outcome.ts';
import { type HostPlan, planHost } from './host-plan.ts';
import type { HostPolicy } from './host-policy.ts';
import { after, type Instant } from './instant.ts';

const policy: HostPolicy = {
  bootLimitSeconds: 120,
  firstJobSeconds: 90,
  hardLimitSeconds: 1_200,
  leaseRenewalSeconds: 30,
  quietSeconds: 30,
  answerLimitSeconds: 200,
  rowlessLimitSeconds: 100,
};
const startedAt: Instant = 5_000_000;
const lookSeconds = 5;

const runners = ['none', 'running', 'exited', 'unknown'] as const;
const workers = ['none', 'running', 'unknown'] as const;
const notices = [null, startedAt] as const;
const rows: readonly HostSeen['row'][] = [
  'absent',
  'unknown',
  'unread',
  ...(['none', 'given', 'taken', 'void'] as const).flatMap((grantState) => [
    { grantState },
    ...(['leave', 'removed', 'stay'] as const).map((ask) => ({ grantState, ask })),
  ]),
];
/** Every look there is. */
const looks: readonly HostSeen[] = runners.flatMap((runner) =>
  workers.flatMap((worker) =>
    notices.flatMap((notice) => rows.map((row) => ({ startedAt, runner, worker, notice, row }))),
  ),
);
const isHardLimit = (plan: HostPlan): boolean => plan.kind === 'end' && plan.reason === 'hard-limit';

interface Life {
  readonly memory: HostMemory;
  readonly now: Instant;
  readonly plan: HostPlan | undefined;
  readonly workedAt: Instant | undefined;
}
const born: Life = { memory: newHostMemory, now: startedAt, plan: undefined, workedAt: undefined };

function lookAt(
  life: Life,
  seen: HostSeen,
  outcome: 'done' | 'refused' | 'failed' = 'done',
  pause = lookSeconds,
): Life {
  const now = after(life.now, pause);
  const memory = rememberHost(life.memory, seen, policy, now);
  const plan = planHost(seen, memory, policy, now);
  const workedAt = seen.worker === 'none' ? life.workedAt : now;
  return { memory: rememberOutcome(memory, plan, outcome, policy, now, 0.5), now, plan, workedAt };
}

/** `seen` again and again, until the end or `seconds` later. */
function dwell(life: Life, seen: HostSeen, seconds: number): Life {
  let next = life;
  const until = after(life.now, seconds);
  while (next.now < until && next.plan?.kind !== 'end') next = lookAt(next, seen);
  return next;
}

/** What every step of every life keeps. */
function check(life: Life, seen: HostSeen): void {
  const { plan, now, workedAt } = life;
  if (!plan) return;
  const old = now >= after(startedAt, policy.hardLimitSeconds);
  if (isHardLimit(plan) !== old) throw new Error(`hard limit missed, or too early: ${JSON.stringify({ seen, life })}`);
  if (plan.kind !== 'end' || old) return;
  if (seen.worker !== 'none') throw new Error(`a worker was ended: ${JSON.stringify({ seen, life })}`);
  const isUnheard = ['control-plane-silent', 'row-gone', 'spot-notice'].includes(plan.reason);
  if (isUnheard && seen.runner !== 'none' && life.memory.stoppedFor === undefined) {
    throw new Error(`ended while it listened: ${JSON.stringify({ seen, life })}`);
  }
  const quietEnd = ['left', 'control-plane-silent', 'row-gone'].includes(plan.reason);
  if (quietEnd && workedAt !== undefined && now < after(workedAt, policy.quietSeconds)) {
    throw new Error(`ended in quiet time: ${JSON.stringify({ seen, life })}`);
  }
}

test('any two looks in a row, held for any time, keep the rules', () => {
  let lives = 0;
  for (const first of looks) {
    for (const seconds of [0, policy.firstJobSeconds, policy.answerLimitSeconds]) {
      const begun = dwell(born, first, seconds);
      check(begun, first);
      if (begun.plan?.kind === 'end') continue;
      for (const second of looks) {
        check(lookAt(begun, second), second);
        lives += 1;
      }
    }
  }
  expect(lives).toBeGreaterThan(100_000);
});

test('whatever it sees, a host ends at the hard limit at the latest', () => {
  for (const seen of looks) {
    const life = dwell(born, seen, 2 * policy.hardLimitSeconds);
    expect(life.plan?.kind).toBe('end');
    expect(life.now).toBeLessThanOrEqual(after(startedAt, policy.hardLimitSeconds + lookSeconds));
    if (seen.worker !== 'none') expect(life.plan?.reason).toBe('hard-limit');
  }
});

test('from any state, a host that is removed and quiet ends soon', () => {
  for (const first of looks) {
    const begun = dwell(born, first, policy.firstJobSeconds);
    if (begun.plan?.kind === 'end') continue;
    const removed: HostSeen = {
      startedAt,
      runner: 'running',
      worker: 'none',
      notice: null,
      row: { grantState: 'taken', ask: 'removed' },
    };
    const life = dwell(begun, removed, policy.quietSeconds + 2 * lookSeconds);
    expect(life.plan).toEqual({ kind: 'end', reason: 'left' });
  }
});

test('any life keeps the rules, whatever fails and however irregularly it looks', () => {
  const step = fc.record({
    seen: fc.constantFrom(...looks),
    outcome: fc.constantFrom('done', 'refused', 'failed'),
    pause: fc.integer({ min: 0, max: 60 }),
    times: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let life = born;
      for (const { seen, outcome, pause, times } of steps) {
        for (let count = 0; count < times; count += 1) {
          life = lookAt(life, seen, outcome, pause);
          check(life, seen);
          if (life.plan?.kind === 'end') return;
        }
      }
    }),
    { numRuns: 3_000 },
  );
});
