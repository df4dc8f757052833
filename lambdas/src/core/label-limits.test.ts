import { expect, test } from '@jest/globals';
import { problemsOf, withFleet } from '../../tests/deployment.ts';
import { areWithinLimits, labelLengthLimit, labelsLimit } from './label-limits.ts';

const labelsOf = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, i) => `${i}`.padEnd(length, 'x'));

test.each([
  [labelsLimit, labelLengthLimit, true],
  [labelsLimit + 1, 3, false],
  [1, labelLengthLimit + 1, false],
])('%i labels of %i characters can be those of a fleet: %s', (count, length, isWithin) => {
  const labels = labelsOf(count, length);
  expect(areWithinLimits(labels)).toBe(isWithin);
  expect(problemsOf(withFleet({ labels })).length === 0).toBe(isWithin);
});
