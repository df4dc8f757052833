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
