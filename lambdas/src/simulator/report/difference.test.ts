import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differenceOf } from './difference.ts';

test('less of what should be low is better, and more of it is worse', () => {
  expect(differenceOf(10, 8, 'lower')).toEqual({ absolute: -2, relative: -0.2, verdict: 'better' });
  expect(differenceOf(10, 13, 'lower')).toEqual({ absolute: 3, relative: 0.3, verdict: 'worse' });
});

test('more of what should be high is better', () => {
  expect(differenceOf(10, 13, 'higher')?.verdict).toBe('better');
  expect(differenceOf(10, 8, 'higher')?.verdict).toBe('worse');
});

test('a figure that is neither good nor bad is only another one', () => {
  expect(differenceOf(10, 13, 'neither')?.verdict).toBe('other');
});

test('nothing has no percent', () => {
  expect(differenceOf(0, 5, 'lower')).toEqual({ absolute: 5, verdict: 'worse' });
  expect(differenceOf(0, 0, 'lower')).toEqual({ absolute: 0, verdict: 'same' });
});

test('the last digit of a sum is no difference', () => {
  expect(differenceOf(0.1 + 0.2, 0.3, 'lower')?.verdict).toBe('same');
});

test('a figure that one of them lacks is not compared', () => {
  expect(differenceOf(undefined, 5, 'lower')).toBeUndefined();
  expect(differenceOf(5, undefined, 'lower')).toBeUndefined();
});

test('the other way round, better is worse', () => {
  const figure = fc.integer({ min: -1000, max: 1000 });
  const opposite = { better: 'worse', worse: 'better', same: 'same', other: 'other' };
  fc.assert(
    fc.property(figure, figure, (one, two) => {
      const there = differenceOf(one, two, 'lower');
      expect(differenceOf(two, one, 'lower')?.verdict).toBe(opposite[there?.verdict ?? 'other']);
    }),
  );
});
