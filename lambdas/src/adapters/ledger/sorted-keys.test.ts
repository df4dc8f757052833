import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byUtf8 } from './byte-order.ts';
import { sortedKeys } from './sorted-keys.ts';

test('keys are in the order of their bytes, over many blocks, whatever the order in which they came and went', () => {
  const numbers = fc.uniqueArray(fc.nat(9_999), { minLength: 1, maxLength: 3_000, size: 'max' });
  const run = (added: readonly number[], removeEvery: number): void => {
    const keys = sortedKeys();
    for (const number of added) keys.add(`job#${number}`);
    const removed = new Set(added.filter((_, index) => index % removeEvery === 0));
    for (const number of removed) keys.remove(`job#${number}`);
    const left = added.filter((number) => !removed.has(number)).map((number) => `job#${number}`);
    expect([...keys.from(() => true)]).toEqual(left.sort());
    const last = left.at(-1);
    if (last) expect([...keys.from((key) => byUtf8(key, last) >= 0)]).toEqual([last]);
  };
  fc.assert(fc.property(numbers, fc.integer({ min: 1, max: 5 }), run), { numRuns: 30 });
});
