import { expect, test } from '@jest/globals';
import { ownRow } from '../../../tests/doubles/own-row.ts';
import { manualClock } from '../../adapters/clock/manual-clock.ts';
import { memoryLog } from '../../adapters/log/memory-log.ts';
import { memoryMachine } from '../../adapters/machine/memory-machine.ts';
import { endingWithWord } from './last-word.ts';

function start() {
  const clock = manualClock();
  const machine = memoryMachine({ clock });
  const { own, state } = ownRow();
  state.grantState = 'none';
  return { clock, machine, state, own, ending: endingWithWord(machine, { own, clock, log: memoryLog() }) };
}

test('a machine that never worked says why in its row', async () => {
  const { machine, state, ending } = start();
  await ending.end('boot-limit');
  expect(state.leases).toMatchObject([{ sees: 'done', reason: 'boot-limit' }]);
  expect(machine.endReason()).toBe('boot-limit');
});

test('what a machine that worked said last still stands', async () => {
  const { state, ending } = start();
  for (const reason of ['job-done', 'hard-limit', 'left', 'spot-notice', 'row-gone']) await ending.end(reason);
  expect(state.leases).toEqual([]);
});

test('a table that is away, or never answers, keeps no machine from its end', async () => {
  const away = start();
  away.state.error = new Error('no answer');
  await away.ending.end('boot-limit');
  expect(away.machine.endReason()).toBe('boot-limit');

  const { clock, machine, own } = start();
  const silent = { ...own, renew: () => new Promise<never>(() => undefined) };
  const ended = endingWithWord(machine, { own: silent, clock, log: memoryLog() }).end('boot-limit');
  await clock.advance(10);
  await ended;
  expect(machine.endReason()).toBe('boot-limit');
});
