import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { thinnedInstants } from './thinned-instants.ts';

test('while they are few, each instant is found', () => {
  const instants = thinnedInstants();
  for (const at of [10, 20, 20, 30]) instants.add(at);
  expect([0, 10, 11, 20, 21, 30, 31].map(instants.firstFrom)).toEqual([10, 10, 20, 20, 30, 30, undefined]);
});

test('what is found is what there was, or younger by at most a hundredth of its age', () => {
  const pauses = fc.array(fc.oneof(fc.nat(10), fc.nat(1_000), fc.constant(50_000)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pauses, fc.integer({ min: 1, max: 8_000 }), (pattern, count) => {
      const instants = thinnedInstants();
      const all: number[] = [];
      for (let i = 0; i < count; i++) all.push((all.at(-1) ?? 0) + (pattern[i % pattern.length] ?? 0));
      for (const at of all) instants.add(at);
      const now = all.at(-1) ?? 0;
      for (const at of all) {
        const found = instants.firstFrom(at) ?? Number.NaN;
        expect(found).toBeGreaterThanOrEqual(at);
        expect(found - at).toBeLessThanOrEqual(0.01 * (now - found));
      }
    }),
    { numRuns: 30 },
  );
});

test('a month of looks each second takes hardly more room than an hour of them', () => {
  const instants = thinnedInstants();
  const month = 30 * 86_400;
  for (let second = 0; second < month; second++) instants.add(second * 1000);
  const found = new Set<number | undefined>();
  for (let second = 0; second < month; second++) found.add(instants.firstFrom(second * 1000));
  expect(found.size).toBeLessThan(5_000);
});
