import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addKey, keysAfter, removeKey, type SortedKeys } from './sorted-keys.ts';

test('keys are in the order of their bytes, over many blocks, whatever the order in which they came and went', () => {
  const numbers = fc.uniqueArray(fc.nat(9_999), { minLength: 1, maxLength: 3_000, size: 'max' });
  const run = (added: readonly number[], removeEvery: number): void => {
    const keys: SortedKeys<{ readonly sk: string }> = [];
    const after = (prefix: string, key: string, limit: number): readonly string[] =>
      keysAfter(keys, prefix, key, limit).map(({ sk }) => sk);
    for (const number of added) addKey(keys, { sk: `job#${number}` });
    const removed = new Set(added.filter((_, index) => index % removeEvery === 0));
    for (const number of removed) removeKey(keys, `job#${number}`);
    const left = added.filter((number) => !removed.has(number)).map((number) => `job#${number}`);
    const all = left.sort();
    expect(after('', '', Number.POSITIVE_INFINITY)).toEqual(all);
    expect(after('job#1', '', 700)).toEqual(all.filter((key) => key.startsWith('job#1')).slice(0, 700));
    const [middle = ''] = all.slice(all.length / 2);
    expect(after('job#', middle, 700)).toEqual(all.filter((key) => key > middle).slice(0, 700));
    expect(after('job$', '', 700)).toEqual([]);
  };
  fc.assert(fc.property(numbers, fc.integer({ min: 1, max: 5 }), run), { numRuns: 30 });
});
