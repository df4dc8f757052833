import { expect, test } from '@jest/globals';
import { textHash, valueHash } from './text-hash.ts';

test('the hash of a text never changes', () => {
  expect(textHash('')).toBe('811c9dc5050c5d1f');
  expect(textHash('foobar').slice(0, 8)).toBe('bf9cf968');
});

test('the order of fields does not count, and everything else does', () => {
  expect(valueHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(valueHash({ b: { d: null, c: [1, 2] }, a: 1 }));
  expect(valueHash({ a: [1, 2] })).not.toBe(valueHash({ a: [2, 1] }));
  expect(valueHash({ a: 1 })).not.toBe(valueHash({ a: '1' }));
});
