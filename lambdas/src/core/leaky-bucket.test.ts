import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { now } from '../../tests/doubles/lane-facts.ts';
import { after, type Instant } from './instant.ts';
import { type BucketRate, drawn, roomIn, secondsToGiveBack, secondsUntilRoom } from './leaky-bucket.ts';

const rate: BucketRate = { secondsEach: 2, burstSeconds: 20 };

test.each([
  [-3_600, 10],
  [0, 10],
  [0.001, 9],
  [2, 9],
  [3, 8],
  [18, 1],
  [18.5, 0],
  [20, 0],
  [999, 0],
])('a bucket that is %d s ahead has room for %i', (ahead, room) => {
  expect(roomIn(after(now, ahead), rate, now)).toBe(room);
});

test('a bucket that was idle for a week holds no more than its burst', () => {
  const tat = drawn(after(now, -7 * 86_400), 10, rate, now);
  expect(tat).toBe(after(now, 20));
  expect(roomIn(tat, rate, now)).toBe(0);
});

test('units draw from where the bucket stands', () => {
  expect(drawn(after(now, 6), 3, rate, now)).toBe(after(now, 12));
});

test.each([
  [0, 5, 0],
  [10, 5, 0],
  [11, 5, 1],
  [20, 1, 2],
  [20, 10, 20],
  // More than it ever holds: when it is empty.
  [20, 1_000, 20],
])('%d s ahead, %i units fit in %d s', (ahead, units, seconds) => {
  expect(secondsUntilRoom(after(now, ahead), units, rate, now)).toBe(seconds);
});

test('whoever waits as long as it is told then finds room, and a second earlier does not', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 100 }), fc.integer({ min: 1, max: 10 }), (ahead, units) => {
      const tat = after(now, ahead);
      const wait = secondsUntilRoom(tat, units, rate, now);
      expect(roomIn(tat, rate, after(now, wait))).toBeGreaterThanOrEqual(units);
      if (wait >= 1) expect(roomIn(tat, rate, after(now, wait - 1))).toBeLessThan(units);
    }),
  );
});

test('however it is drawn, no more than burst and flow ever come out', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ pause: fc.nat(9), units: fc.nat(12) }), { maxLength: 60 }), (draws) => {
      let tat = now;
      let at = now;
      let taken = 0;
      for (const { pause, units } of draws) {
        at = after(at, pause);
        const some = Math.min(units, roomIn(tat, rate, at));
        if (some > 0) tat = drawn(tat, some, rate, at);
        taken += some;
        expect(taken).toBeLessThanOrEqual((rate.burstSeconds + (at - now) / 1000) / rate.secondsEach);
      }
    }),
  );
});

test('what is given back never brings out more than burst and flow, however late', () => {
  const step = fc.record({ pause: fc.nat(9), units: fc.nat(12), isGivenBack: fc.boolean(), heldSteps: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let tat = now;
      let at = now;
      const used: Instant[] = [];
      const held: { readonly due: number; readonly units: number; readonly from: Instant }[] = [];
      for (const [place, { pause, units, isGivenBack, heldSteps }] of steps.entries()) {
        at = after(at, pause);
        for (const { from, units: count } of held.filter(({ due }) => due === place))
          tat -= 1000 * secondsToGiveBack(count, rate.secondsEach, from, at);
        const some = Math.min(units, roomIn(tat, rate, at));
        if (some === 0) continue;
        tat = drawn(tat, some, rate, at);
        if (isGivenBack) held.push({ due: place + heldSteps, units: some, from: at });
        else used.push(...Array.from({ length: some }, () => at));
        for (const start of used) {
          const most = (rate.burstSeconds + (at - start) / 1000) / rate.secondsEach;
          expect(used.filter((one) => one >= start).length).toBeLessThanOrEqual(most);
        }
      }
    }),
  );
});

test('of two that are given back, the one behind has moved up', () => {
  const tat = drawn(drawn(now, 2, rate, now), 1, rate, now);
  const afterFirst = tat - 1000 * secondsToGiveBack(2, rate.secondsEach, now, now);
  const drawnMeanwhile = drawn(afterFirst, 2, rate, after(now, 1));
  const at = after(now, 4);
  const afterSecond = drawnMeanwhile - 1000 * secondsToGiveBack(1, rate.secondsEach, now, at);
  expect(roomIn(afterSecond, rate, at)).toBe(9);
});

test('a third of a second each does not lose a unit to rounding', () => {
  const thirds: BucketRate = { secondsEach: 60 / 180, burstSeconds: 60 };
  expect(roomIn(now, thirds, now)).toBe(180);
  expect(roomIn(drawn(now, 130, thirds, now), thirds, now)).toBe(50);
});
