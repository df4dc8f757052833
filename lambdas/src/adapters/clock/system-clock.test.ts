import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { systemClock } from './system-clock.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: 5_000 });
});
afterEach(() => {
  jest.useRealTimers();
});

test('a sleep ends when its time is over, however long', async () => {
  const clock = systemClock();
  let isAwake = false;
  const sleeping = clock.sleep(40 * 86_400).then(() => {
    isAwake = true;
  });
  await jest.advanceTimersByTimeAsync(40 * 86_400_000 - 1);
  expect(isAwake).toBe(false);
  await jest.advanceTimersByTimeAsync(1);
  await sleeping;
  expect(clock.now()).toBe(5_000 + 40 * 86_400_000);
});

test('no time is no wait', async () => {
  const clock = systemClock();
  await clock.sleep(0);
  await clock.sleep(-1);
  expect(clock.now()).toBe(5_000);
});

test('ids are unique and fit; fractions lie in [0, 1)', () => {
  const clock = systemClock();
  const ids = Array.from({ length: 100 }, clock.id);
  expect(new Set(ids).size).toBe(100);
  expect(ids.every((id) => /^[A-Za-z0-9-]{1,36}$/.test(id))).toBe(true);
  expect(Array.from({ length: 100 }, clock.fraction).every((draw) => draw >= 0 && draw < 1)).toBe(true);
});
