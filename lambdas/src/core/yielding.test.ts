import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type SlotHolder, yieldsOf } from './yielding.ts';

const holder = (fields: Partial<SlotHolder>): SlotHolder => ({
  ...{ fleet: 'linux', fleetLimit: -1, slots: 0, lacking: 0, leaving: 0, spare: 0 },
  ...fields,
});
const count = fc.nat({ max: 6 });
const limit = fc.integer({ min: -1, max: 12 });
const lanes: fc.Arbitrary<readonly SlotHolder[]> = fc
  .tuple(
    limit,
    limit,
    fc.array(fc.record({ isFirst: fc.boolean(), busy: count, leaving: count, spare: count, lacking: count })),
  )
  .map(([first, second, all]) =>
    all.map(({ isFirst, busy, leaving, spare, lacking }) => ({
      fleet: isFirst ? 'first' : 'second',
      fleetLimit: isFirst ? first : second,
      slots: busy + leaving + spare,
      // A lane with idle runners lacks none.
      lacking: spare > 0 ? 0 : lacking,
      leaving,
      spare,
    })),
  );
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

test('a lane gives up no more than it can spare, and all together no more than others lack', () => {
  fc.assert(
    fc.property(lanes, limit, (all, deploymentLimit) => {
      const yields = yieldsOf(all, deploymentLimit);
      for (const [index, given] of yields.entries()) {
        expect(given).toBeGreaterThanOrEqual(0);
        expect(given).toBeLessThanOrEqual(all[index]?.spare ?? 0);
      }
      expect(sum(yields)).toBeLessThanOrEqual(sum(all.map(({ lacking }) => lacking)));
    }),
  );
});

test('nobody gives up anything where no limit holds a job back', () => {
  fc.assert(
    fc.property(lanes, (all) => {
      const unlimited = all.map((lane) => ({ ...lane, fleetLimit: -1 }));
      expect(sum(yieldsOf(unlimited, -1))).toBe(0);
    }),
  );
});

test('where a limit holds jobs back, as many go as are missing, or all that can be spared', () => {
  fc.assert(
    fc.property(lanes, fc.nat({ max: 12 }), (all, deploymentLimit) => {
      const unlimited = all.map((lane) => ({ ...lane, fleetLimit: -1 }));
      const slots = sum(all.map((lane) => lane.slots));
      const free = Math.max(0, deploymentLimit - slots);
      const missing = sum(all.map((lane) => lane.lacking - lane.leaving)) - free;
      const wanted = Math.min(Math.max(0, missing), sum(all.map((lane) => lane.spare)));
      expect(sum(yieldsOf(unlimited, deploymentLimit))).toBe(wanted);
    }),
  );
});

test('what a fleet gives up counts for the deployment as well', () => {
  const idle = holder({ fleetLimit: 2, slots: 2, spare: 2 });
  const starving = holder({ fleetLimit: 2, lacking: 1 });
  expect(yieldsOf([idle, starving], 2)).toEqual([1, 0]);
  expect(yieldsOf([idle, holder({ fleet: 'windows', lacking: 1 })], 2)).toEqual([1, 0]);
  expect(yieldsOf([idle, holder({ fleet: 'windows', lacking: 1 })], -1)).toEqual([0, 0]);
});
