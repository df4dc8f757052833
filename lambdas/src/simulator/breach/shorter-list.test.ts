import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shorterList } from './shorter-list.ts';

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, place) => place);

test('what is needed is found, in its order, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.uniqueArray(fc.nat(59), { maxLength: 5 }), async (count, wanted) => {
      const needed = wanted.filter((place) => place < count);
      const holds = async (items: readonly number[]) => needed.every((place) => items.includes(place));
      expect(await shorterList(upTo(count), holds)).toEqual([...needed].sort((one, other) => one - other));
    }),
  );
});

test('one of a thousand takes tens of runs, and not a thousand', async () => {
  let runs = 0;
  const found = await shorterList(upTo(1000), async (items) => {
    runs += 1;
    return items.includes(777);
  });
  expect(found).toEqual([777]);
  expect(runs).toBeLessThan(50);
});

test('where nothing can go, all stays', async () => {
  expect(await shorterList(upTo(5), async (items) => items.length === 5)).toEqual(upTo(5));
});
