import { expect, test } from '@jest/globals';
import { oneGrant, ownRow } from '../../../tests/doubles/own-row.ts';
import { manualClock } from '../../adapters/clock/manual-clock.ts';
import { memoryLog } from '../../adapters/log/memory-log.ts';
import { memoryMachine } from '../../adapters/machine/memory-machine.ts';
import { ageSeconds } from '../../core/instant.ts';
import type { Lease } from '../../core/runner.ts';
import { runHost } from './host.ts';

function start() {
  const clock = manualClock();
  const machine = memoryMachine({ clock });
  const log = memoryLog();
  const { own, state } = ownRow();
  const run = runHost({ own, machine, clock, log });
  const ended = async (): Promise<string | undefined> => {
    const final = await run;
    return final.plan?.reason;
  };
  return { clock, machine, log, state, ended, age: () => ageSeconds(machine.startedAt, clock.now()) };
}
const sights = (leases: readonly Lease[]): string[] =>
  leases.map((lease) => lease.sees).filter((sees, index, all) => sees !== all[index - 1]);

test('a machine takes one grant, runs one job, and ends', async () => {
  const { clock, machine, state, ended } = start();
  await clock.advance(10);
  state.grantState = 'given';
  await clock.advance(2);
  expect(machine.started).toEqual([oneGrant]);
  machine.setWorker('running');
  await clock.advance(300);
  machine.setRunner('exited');
  machine.setWorker('none');
  await clock.advance(10);
  expect(await ended()).toBe('job-done');
  expect(machine.endReason()).toBe('job-done');
  expect(sights(state.leases)).toEqual(['booting', 'idle', 'busy', 'done']);
});

test('the lease follows the worker within seconds, and is renewed each minute', async () => {
  const { clock, machine, state } = start();
  state.grantState = 'given';
  await clock.advance(5);
  machine.setWorker('running');
  await clock.advance(6);
  expect(state.leases.at(-1)?.sees).toBe('busy');
  const before = state.leases.length;
  await clock.advance(600);
  expect(state.leases.length - before).toBeGreaterThanOrEqual(9);
  expect(state.leases.length - before).toBeLessThanOrEqual(10);
});

test('an idle hour costs few reads, and a running one fewer', async () => {
  const { clock, machine, state } = start();
  state.grantState = 'given';
  await clock.advance(60);
  const idleFrom = state.reads;
  await clock.advance(240);
  expect(state.reads - idleFrom).toBeLessThanOrEqual(20);
  machine.setWorker('running');
  await clock.advance(30);
  const busyFrom = state.reads;
  await clock.advance(3_600);
  expect(state.reads - busyFrom).toBeLessThanOrEqual(61);
});

test('a machine that no row ever names ends itself', async () => {
  const { clock, state, ended, age } = start();
  state.grantState = 'absent';
  await clock.advance(700);
  expect(await ended()).toBe('row-gone');
  expect(age()).toBeGreaterThanOrEqual(600);
});

test('a grant whose answer was lost is not asked for again', async () => {
  const { clock, machine, state, ended } = start();
  state.grantState = 'given';
  state.loseAnswers = true;
  await clock.advance(30);
  expect(await ended()).toBe('grant-lost');
  expect(machine.started).toEqual([]);
});

test('a runner that fails to start is started again, with the same grant', async () => {
  const { clock, machine, state } = start();
  machine.failStarts(new Error('EAGAIN'));
  state.grantState = 'given';
  await clock.advance(60);
  machine.failStarts(undefined);
  await clock.advance(40);
  expect(machine.started).toEqual([oneGrant]);
});

test('a table that is away for a while ends nothing, and is not hammered', async () => {
  const { clock, machine, state } = start();
  state.grantState = 'given';
  await clock.advance(5);
  state.error = new Error('timeout');
  const before = state.reads;
  await clock.advance(500);
  expect(state.reads - before).toBeLessThan(50);
  state.error = undefined;
  await clock.advance(40);
  expect(machine.endReason()).toBeUndefined();
  expect(state.leases.at(-1)?.sees).toBe('leaving');
});

test('a process table that cannot be read ends nothing before the hard limit', async () => {
  const { clock, machine, state, ended, age } = start();
  state.grantState = 'given';
  await clock.advance(5);
  machine.setWorker(new Error('EMFILE'));
  state.ask = 'removed';
  await clock.advance(7_190);
  expect(machine.endReason()).toBeUndefined();
  await clock.advance(20);
  expect(await ended()).toBe('hard-limit');
  expect(age()).toBeGreaterThanOrEqual(7_200);
});

test('asked, removed, quiet: the machine ends a minute later', async () => {
  const { clock, machine, state, ended, age } = start();
  state.grantState = 'given';
  await clock.advance(30);
  state.ask = 'leave';
  await clock.advance(20);
  expect(state.leases.at(-1)).toMatchObject({ sees: 'leaving', reason: 'asked' });
  state.ask = 'removed';
  const removedAt = age();
  await clock.advance(59);
  expect(machine.endReason()).toBeUndefined();
  await clock.advance(20);
  expect(await ended()).toBe('left');
  expect(age() - removedAt).toBeGreaterThanOrEqual(60);
});

test('a host that nobody hears stops its listener first, and stays if that has a job in hand', async () => {
  const { clock, machine, state, ended } = start();
  state.grantState = 'given';
  await clock.advance(30);
  state.error = new Error('timeout');
  machine.setJobInHand(true);
  await clock.advance(700);
  expect(machine.endReason()).toBeUndefined();
  expect(machine.isStopped()).toBe(false);
  machine.setWorker('running');
  machine.setJobInHand(false);
  await clock.advance(300);
  machine.setWorker('none');
  await clock.advance(59);
  expect(machine.isStopped()).toBe(false);
  await clock.advance(10);
  expect(await ended()).toBe('row-gone');
  expect(machine.isStopped()).toBe(true);
});

test('an end that fails is tried again', async () => {
  const { clock, machine, state, ended } = start();
  machine.failEnds(new Error('shutdown: busy'));
  state.grantState = 'void';
  await clock.advance(30);
  machine.failEnds(undefined);
  await clock.advance(30);
  expect(await ended()).toBe('grant-void');
});

test('no line of the log holds the secret', async () => {
  const { clock, log, state } = start();
  state.grantState = 'given';
  await clock.advance(30);
  expect(JSON.stringify(log.lines)).not.toContain('jitconfig');
  expect(log.lines.map((line) => line.fields.kind)).toEqual(['renew', 'take-grant', 'start-runner', 'renew']);
});
