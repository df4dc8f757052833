import { expect, test } from '@jest/globals';
import { slidingWindow, tokenBucket } from './token-bucket.ts';

test('a bucket gives what is in it, and is filled by time, never above its rim', () => {
  const bucket = tokenBucket(10, 2);
  expect(bucket.take(0, 10)).toBe(true);
  expect(bucket.take(0)).toBe(false);
  expect(bucket.secondsUntil(0, 4)).toBe(2);
  expect(bucket.take(2_000, 4)).toBe(true);
  expect(bucket.take(2_000)).toBe(false);
  expect(bucket.take(1_000_000, 11)).toBe(false);
  expect(bucket.take(1_000_000, 10)).toBe(true);
});

test('a window lets so many through in any stretch of its length', () => {
  const window = slidingWindow(3, 60);
  for (const at of [0, 10_000, 20_000]) expect(window.take(at)).toBe(true);
  expect(window.take(59_999)).toBe(false);
  expect(window.secondsUntil(30_000)).toBe(30);
  expect(window.take(60_000)).toBe(true);
  expect(window.take(60_001)).toBe(false);
  expect(window.secondsUntil(60_001)).toBeCloseTo(9.999);
});
