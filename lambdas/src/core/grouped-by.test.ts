import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { groupedBy } from './grouped-by.ts';

test('each item is in the group of its key, and nowhere else, in the order they came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), (numbers) => {
      const groups = groupedBy(numbers, (number) => number % 7);
      for (const [key, group] of groups) expect(group).toEqual(numbers.filter((number) => number % 7 === key));
      expect([...groups.values()].flat()).toHaveLength(numbers.length);
    }),
  );
});

test('groups come in the order of their first items', () => {
  expect([...groupedBy(['b1', 'a1', 'b2'], (name) => name[0])]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});
