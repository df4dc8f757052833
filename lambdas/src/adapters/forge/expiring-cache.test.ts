import { expect, test } from '@jest/globals';
import { manualClock } from '../clock/manual-clock.ts';
import { expiringCache } from './expiring-cache.ts';

const setUp = () => {
  const clock = manualClock({ start: 0 });
  const cache = expiringCache<number>(clock);
  let made = 0;
  const make = async () => ({ value: ++made, until: clock.now() + 1000 });
  return { clock, cache, make };
};

test('a value is made once while it is fresh, and again when it is not', async () => {
  const { clock, cache, make } = setUp();
  expect([await cache.get('a', make), await cache.get('a', make)]).toEqual([1, 1]);
  await clock.advance(1);
  expect(await cache.get('a', make)).toBe(2);
});

test('callers at the same time share one making', async () => {
  const { cache, make } = setUp();
  expect(await Promise.all([cache.get('a', make), cache.get('a', make), cache.get('b', make)])).toEqual([1, 1, 2]);
});

test('what was dropped or could not be made is made anew', async () => {
  const { cache, make } = setUp();
  await expect(cache.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await cache.get('a', make)).toBe(1);
  cache.drop('a');
  expect(await cache.get('a', make)).toBe(2);
});
