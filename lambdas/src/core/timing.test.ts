import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentedTiming, scaledTiming, type Timing } from './timing.ts';

const names = Object.keys(documentedTiming) as (keyof Timing)[];
const unscaled = ['tombstoneSeconds', 'jobAgeLimitSeconds', 'grantSeconds', 'grantBurstSeconds'] as const;

test('unscaled, every time is the documented one', () => {
  expect(scaledTiming(1)).toEqual(documentedTiming);
});

test.each<[keyof Timing, number]>([
  ['quietSeconds', 3],
  ['leaseSilenceSeconds', 15],
  ['leaseRenewalSeconds', 1],
  ['scaleUpLimitSeconds', 15],
  ['rowlessLimitSeconds', 15],
  ['lostSeconds', 10],
])('however hurried, %s is at least %i: a slow process is not a dead one', (name, floor) => {
  expect(scaledTiming(1e9)[name]).toBe(floor);
});

test('between no hurry and its floor, a time is divided', () => {
  expect(scaledTiming(10)).toMatchObject({ leaseSilenceSeconds: 30, quietSeconds: 6, tombstoneSeconds: 604_800 });
});

test('limits that protect, and limits of the forge, are never shortened', () => {
  const hurried = scaledTiming(60);
  for (const name of unscaled) expect(hurried[name]).toBe(documentedTiming[name]);
});

test('at any speed: nothing is zero, nothing grows, and what must come after something else still does', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), (factor) => {
      const timing = scaledTiming(factor);
      for (const name of names) {
        expect(timing[name]).toBeGreaterThan(0);
        expect(timing[name]).toBeLessThanOrEqual(documentedTiming[name]);
      }
      // A lease is renewed several times before its silence means anything.
      expect(timing.leaseSilenceSeconds).toBeGreaterThan(4 * timing.leaseRenewalSeconds);
      // Who settles a dead writer's launch, a sweep after its time is over, can still send the same request again.
      const settledSeconds = timing.scaleUpLimitSeconds + timing.ownershipSlackSeconds + timing.sweepSeconds;
      expect(timing.launchWindowSeconds).toBeGreaterThan(settledSeconds);
      expect(timing.continuationLastSeconds).toBeGreaterThanOrEqual(timing.continuationFirstSeconds);
      expect(timing.probeLastSeconds).toBeGreaterThanOrEqual(timing.probeFirstSeconds);
      expect(timing.rowlessLimitSeconds).toBeGreaterThan(timing.quietSeconds);
    }),
  );
});
