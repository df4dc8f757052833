import { expect, test } from '@jest/globals';
import { until } from '../../tests/doubles/processes.ts';
import { memoryLog } from '../adapters/log/memory-log.ts';
import { timers } from './timers.ts';

test('a pause of an hour does not hold up the end', async () => {
  const running = timers(memoryLog());
  let runs = 0;
  running.every('work', 3600, async () => {
    runs += 1;
  });
  await until('it has run', () => runs === 1);
  await running.stop();
  expect(runs).toBe(1);
});

test('work that is under way is finished, and not begun again', async () => {
  const running = timers(memoryLog());
  const done: string[] = [];
  let finish = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    finish = resolve;
  });
  running.every('work', 0, () => told.then(() => void done.push('work')));
  const stopping = running.stop().then(() => done.push('stopped'));
  finish();
  await stopping;
  expect(done).toEqual(['work', 'stopped']);
});

test('work that throws is logged by name, and runs again', async () => {
  const log = memoryLog();
  const running = timers(log);
  running.every('sweep', 0, () => Promise.reject(new Error('away')));
  await until('it has run twice', () => log.lines.length >= 2);
  await running.stop();
  expect(log.lines[0]).toMatchObject({ level: 'error', fields: { timer: 'sweep', reason: 'away' } });
});
