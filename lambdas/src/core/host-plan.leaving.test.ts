import { expect, test } from '@jest/globals';
import { askedHost, busyHost, hostLife, hostRow, idleHost } from '../../tests/doubles/host-life.ts';

test('without a job in time it says so, and is told to stay: the time starts again', () => {
  const host = hostLife();
  expect(host.live(idleHost, 300).plan).toMatchObject({ kind: 'renew', lease: { sees: 'leaving', reason: 'no-job' } });
  expect(host.look(askedHost('stay'))).toMatchObject({ kind: 'renew', lease: { sees: 'idle' } });
  expect(host.live(idleHost, 295).plan.kind).not.toBe('end');
  expect(host.said().at(-1)?.sees).toBe('idle');
  expect(host.live(idleHost, 20).plan).toMatchObject({ kind: 'wait', reason: 'leaving' });
});

test('an old answer is none to a new question', () => {
  const host = hostLife();
  host.live(askedHost('stay'), 300);
  expect(host.said().at(-1)?.sees).toBe('leaving');
  expect(host.look({ ...idleHost, row: 'unread' }).reason).toBe('leaving');
});

test('removed and quiet for a minute it ends; the minute starts when removed was first seen', () => {
  const host = hostLife();
  host.live(askedHost('leave'), 600);
  const end = host.live(askedHost('removed'), 600);
  expect(end).toEqual({ plan: { kind: 'end', reason: 'left' }, seconds: 60 });
});

test('a control plane that does not answer is waited for, and then not missed', () => {
  const end = hostLife().live(askedHost('leave'), 7_000);
  expect(end).toEqual({ plan: { kind: 'end', reason: 'control-plane-silent' }, seconds: 960 });
});

test('nobody removed its registration: it takes no job any more before it ends', () => {
  const host = hostLife();
  host.live(askedHost('leave'), 7_000);
  expect(host.plans.slice(-2)).toEqual([
    { kind: 'stop-listening', reason: 'control-plane-silent' },
    { kind: 'end', reason: 'control-plane-silent' },
  ]);
  const removed = hostLife();
  removed.live(askedHost('removed'), 600);
  expect(removed.plans.some(({ kind }) => kind === 'stop-listening')).toBe(false);
});

test('a job in hand that has no worker yet keeps it, as a worker would', () => {
  const host = hostLife();
  host.live(askedHost('leave'), 955);
  host.pass(5);
  expect(host.look(askedHost('leave'), 'in-hand').kind).toBe('stop-listening');
  host.pass(5);
  expect(host.live(askedHost('leave'), 120).plan.kind).not.toBe('end');
});

test('a worker that is there after all lets it wait for a quiet minute, and then it ends, whatever its row says now', () => {
  const host = hostLife();
  host.live(idleHost, 30);
  host.live({ ...idleHost, row: 'absent' }, 595);
  host.pass(5);
  expect(host.look({ ...idleHost, row: 'absent' })).toEqual({ kind: 'stop-listening', reason: 'row-gone' });
  expect(host.live(busyHost, 300).plan.kind).not.toBe('end');
  host.pass(5);
  expect(host.live(idleHost, 600)).toEqual({ plan: { kind: 'end', reason: 'row-gone' }, seconds: 60 });
});

test('a worker cancels it at any point, and the ask applies anew after it', () => {
  const host = hostLife();
  host.live(askedHost('removed'), 55);
  expect(host.look({ ...busyHost, row: hostRow('taken', 'removed') })).toMatchObject({ lease: { sees: 'busy' } });
  host.pass(5);
  expect(host.live(askedHost('removed'), 600)).toEqual({ plan: { kind: 'end', reason: 'left' }, seconds: 60 });
  expect(host.said().map((lease) => lease.sees)).toEqual(['leaving', 'busy', 'leaving']);
});

test('an ask that is taken back leaves it idle', () => {
  const host = hostLife();
  host.live(askedHost('leave'), 30);
  expect(host.look(idleHost)).toMatchObject({ kind: 'renew', lease: { sees: 'idle' } });
});

test('time in which nobody looked is no quiet time', () => {
  const host = hostLife();
  host.live(askedHost('removed'), 10);
  host.pass(3_600);
  expect(host.look(askedHost('removed')).kind).not.toBe('end');
});
