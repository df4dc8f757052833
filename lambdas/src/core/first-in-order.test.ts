import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { firstInOrder } from './first-in-order.ts';

interface Item {
  readonly rank: number;
}

test('is what sorting all of them and taking the first would be, those that are level in the order they came', () => {
  const items = fc.array(fc.record({ rank: fc.nat(9) }), { maxLength: 60 });
  const byRank = (a: Item, b: Item): number => a.rank - b.rank;
  fc.assert(
    fc.property(items, fc.nat(70), (given, count) => {
      const first = firstInOrder(given, count, byRank);
      const sorted = [...given].sort(byRank).slice(0, count);
      expect(first).toHaveLength(sorted.length);
      for (const [place, item] of sorted.entries()) expect(first[place]).toBe(item);
    }),
  );
});

test('is nothing where fewer than none are wanted', () => {
  expect(firstInOrder([3, 1, 2], -1, (a, b) => a - b)).toEqual([]);
});

test('leaves what it is given as it is', () => {
  const given = [3, 1, 2];
  firstInOrder(given, 3, (a, b) => a - b);
  firstInOrder(given, 1, (a, b) => a - b);
  expect(given).toEqual([3, 1, 2]);
});
