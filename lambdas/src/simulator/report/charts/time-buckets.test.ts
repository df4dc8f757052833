import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { TimelinePoint } from '../../result.ts';
import { bucketsOf, bucketText } from './time-buckets.ts';

const monday = Date.UTC(2026, 2, 2);
const hour = 3_600_000;
const pointAt = (at: number, waiting: number, busy = 0): TimelinePoint => ({ at, waiting, booting: 0, idle: 0, busy });

test('a stretch has the most jobs that waited, and machines on average', () => {
  const timeline = Array.from({ length: 48 }, (_, half) => pointAt(monday + (half * hour) / 2, half, half % 2));
  const [first, second] = bucketsOf(timeline, 24);
  expect(first).toEqual({ from: monday, waiting: 1, booting: 0, idle: 0, busy: 0.5 });
  expect(second).toMatchObject({ from: monday + hour, waiting: 3 });
  expect(first && bucketText(first)).toBe(
    'From Mon 2, 00:00: at most 1 job waiting; on average 0.5 busy, 0 idle and 0 booting',
  );
});

test('stretches between two points are what the first of them says', () => {
  const buckets = bucketsOf([pointAt(monday, 7, 3), pointAt(monday + 6 * hour, 0)], 12);
  expect(buckets.slice(0, -1).every(({ waiting, busy }) => waiting === 7 && busy === 3)).toBe(true);
  expect(buckets.at(-1)).toMatchObject({ from: monday + 6 * hour, waiting: 0 });
});

test('nothing has no stretches', () => {
  expect(bucketsOf([], 24)).toEqual([]);
});

test('the stretches hold the worst moment, wherever it is', () => {
  const timeline = fc.array(fc.nat(100), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(timeline, fc.integer({ min: 1000, max: 10 * hour }), (waiting, step) => {
      const buckets = bucketsOf(
        waiting.map((count, place) => pointAt(monday + 1234 + place * step, count)),
        24,
      );
      expect(Math.max(...buckets.map((bucket) => bucket.waiting))).toBe(Math.max(...waiting));
    }),
  );
});
