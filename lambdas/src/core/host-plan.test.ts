import { describe, expect, test } from '@jest/globals';
import {
  bootingHost,
  busyHost,
  hostLife,
  hostPolicy,
  hostRow,
  hostStartedAt,
  idleHost,
} from '../../tests/doubles/host-life.ts';
import { newHostMemory, rememberHost } from './host-memory.ts';
import { rememberOutcome } from './host-outcome.ts';
import { planHost } from './host-plan.ts';
import { after } from './instant.ts';

describe('boot', () => {
  test('a host says booting, takes its grant, starts the runner, and says idle', () => {
    const host = hostLife();
    expect(host.look({ ...bootingHost, row: 'absent' })).toEqual({ kind: 'wait', reason: 'no-row' });
    expect(host.look(bootingHost)).toMatchObject({ kind: 'renew', lease: { sees: 'booting' } });
    expect(host.look(bootingHost)).toEqual({ kind: 'wait', reason: 'booting' });
    expect(host.look({ ...bootingHost, row: hostRow('given') })).toEqual({ kind: 'take-grant', reason: 'given' });
    expect(host.look({ ...bootingHost, row: hostRow('taken') })).toEqual({
      kind: 'start-runner',
      reason: 'grant-taken',
    });
    expect(host.look(idleHost)).toMatchObject({ kind: 'renew', lease: { sees: 'idle' } });
  });

  test('past the boot limit without a grant it ends', () => {
    expect(hostLife().live(bootingHost, 7_200)).toEqual({ plan: { kind: 'end', reason: 'boot-limit' }, seconds: 600 });
  });

  test('a runner that does not start ends it at the same limit', () => {
    const host = hostLife();
    host.look({ ...bootingHost, row: hostRow('given') });
    const end = host.live({ ...bootingHost, row: hostRow('taken') }, 7_200);
    expect(end).toEqual({ plan: { kind: 'end', reason: 'start-failed' }, seconds: 600 });
  });

  test('a void grant ends it, and so does one that was taken but is not here', () => {
    expect(hostLife().look({ ...bootingHost, row: hostRow('void') })).toEqual({ kind: 'end', reason: 'grant-void' });
    expect(hostLife().look({ ...bootingHost, row: hostRow('taken') })).toEqual({ kind: 'end', reason: 'grant-lost' });
  });

  test('a host that is asked to leave takes no grant, unless the ask is taken back', () => {
    const host = hostLife();
    expect(host.look({ ...bootingHost, row: hostRow('given', 'leave') })).toMatchObject({ lease: { sees: 'leaving' } });
    expect(host.look({ ...bootingHost, row: hostRow('given', 'leave') }).kind).toBe('wait');
    expect(host.look({ ...bootingHost, row: hostRow('given') }).kind).toBe('take-grant');
  });

  test('a failed step waits, then is tried again, while the lease goes on', () => {
    const given = { ...bootingHost, row: hostRow('given') };
    const memory = rememberHost(newHostMemory, given, hostPolicy, hostStartedAt);
    const plan = planHost(given, memory, hostPolicy, hostStartedAt);
    const failed = rememberOutcome(memory, plan, 'failed', hostPolicy, hostStartedAt, 1);
    expect(planHost(given, failed, hostPolicy, hostStartedAt).kind).toBe('renew');
    expect(planHost(given, failed, hostPolicy, after(hostStartedAt, 1)).kind).toBe('take-grant');
  });
});

describe('the end of a runner', () => {
  test('after its job: the word done, then the end', () => {
    const host = hostLife();
    host.look(busyHost);
    expect(host.look({ ...idleHost, runner: 'exited' })).toMatchObject({
      kind: 'renew',
      lease: { sees: 'done', reason: 'job-done' },
    });
    expect(host.look({ ...idleHost, runner: 'exited' })).toEqual({ kind: 'end', reason: 'job-done' });
  });

  test('a runner that never worked ends as such, also where nobody hears the word', () => {
    const host = hostLife();
    expect(host.look({ ...idleHost, runner: 'exited', row: 'unknown' }).kind).toBe('renew');
    expect(host.look({ ...idleHost, runner: 'exited', row: 'unknown' })).toEqual({
      kind: 'end',
      reason: 'runner-exited',
    });
  });

  test('a worker that outlives its listener keeps the machine', () => {
    const host = hostLife();
    expect(host.live({ ...busyHost, runner: 'exited' }, 3_600).plan.kind).not.toBe('end');
    expect(host.said().at(-1)?.sees).toBe('busy');
  });
});

describe('limits', () => {
  test('a Spot notice ends a host without worker, and no other', () => {
    const notice = after(hostStartedAt, 120);
    expect(hostLife().look({ ...busyHost, notice }).kind).toBe('renew');
    const host = hostLife();
    expect(host.look({ ...idleHost, notice }, 'in-hand')).toEqual({ kind: 'stop-listening', reason: 'spot-notice' });
    expect(host.look({ ...idleHost, notice })).toEqual({ kind: 'stop-listening', reason: 'spot-notice' });
    expect(host.look({ ...idleHost, notice })).toEqual({ kind: 'end', reason: 'spot-notice' });
    expect(hostLife().look({ ...bootingHost, notice })).toEqual({ kind: 'end', reason: 'spot-notice' });
  });

  test.each(['absent', 'unknown'] as const)('a row that is %s for long ends a host without worker', (gone) => {
    const host = hostLife();
    host.live(idleHost, 30);
    // Not sooner: a row may come late after the launch, and a table be away for minutes.
    expect(host.live({ ...idleHost, row: gone }, 7_000)).toEqual({
      plan: { kind: 'end', reason: 'row-gone' },
      seconds: 600,
    });
    expect(hostLife().live({ ...busyHost, row: gone }, 3_600).plan.kind).not.toBe('end');
  });

  test('a listener that cannot be stopped is tried again later, and nothing ends meanwhile', () => {
    const seen = { ...idleHost, notice: hostStartedAt };
    const memory = rememberHost(newHostMemory, seen, hostPolicy, hostStartedAt);
    const plan = planHost(seen, memory, hostPolicy, hostStartedAt);
    const failed = rememberOutcome(memory, plan, 'failed', hostPolicy, hostStartedAt, 1);
    expect(planHost(seen, failed, hostPolicy, hostStartedAt).kind).toBe('renew');
    expect(planHost(seen, failed, hostPolicy, hostStartedAt + 1000)).toEqual(plan);
  });

  test('after a job without table there is a quiet minute too', () => {
    const host = hostLife();
    host.live({ ...busyHost, row: 'unknown' }, 3_000);
    expect(host.live({ ...idleHost, row: 'unknown' }, 600)).toEqual({
      plan: { kind: 'end', reason: 'row-gone' },
      seconds: 60,
    });
  });
});

describe('lease', () => {
  test('its counter moves at each renewal, also past a restart of the agent', () => {
    const host = hostLife();
    host.live(busyHost, 600);
    const before = host.said().map((lease) => lease.counter);
    expect(before.length).toBe(11);
    const restarted = hostLife({ at: 605 });
    restarted.look(busyHost);
    const counters = [...before, ...restarted.said().map((lease) => lease.counter)];
    expect(counters).toEqual([...new Set(counters)].sort((a, b) => a - b));
  });

  test('it tells since when the host sees what it sees', () => {
    const host = hostLife();
    host.live(busyHost, 120);
    expect(new Set(host.said().map((lease) => lease.since))).toEqual(new Set([hostStartedAt]));
  });
});
