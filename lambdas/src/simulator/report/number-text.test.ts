import { expect, test } from '@jest/globals';
import { changeText, countOf, figureText, meanText, shareText, signedText, type Unit } from './number-text.ts';

/** As a reader sees it: a space that does not break is a space. */
const seen = (text: string): string => text.replaceAll('\u00a0', ' ');

test.each<[number, Unit, string]>([
  [0, 'count', '0'],
  [1234567, 'count', '1,234,567'],
  [-12, 'count', '−12'],
  [0, 'seconds', '0 s'],
  [0.04, 'seconds', '0 s'],
  [4.25, 'seconds', '4.3 s'],
  [9.96, 'seconds', '10 s'],
  [59.6, 'seconds', '1 min 00 s'],
  [125, 'seconds', '2 min 05 s'],
  [3599.6, 'seconds', '1 h 00 min'],
  [11_220, 'seconds', '3 h 07 min'],
  [86_399, 'seconds', '1 d'],
  [604_800, 'seconds', '7 d'],
  [-38, 'seconds', '−38 s'],
  [0, 'dollars', '$0'],
  [0.00123, 'dollars', '$0.0012'],
  [0.05, 'dollars', '$0.05'],
  [0.0999, 'dollars', '$0.10'],
  [12.345, 'dollars', '$12.35'],
  [999.996, 'dollars', '$1,000'],
  [12_345.6, 'dollars', '$12,346'],
  [-3.2, 'dollars', '−$3.20'],
  [1800, 'runner-time', '0.5 h'],
  [360_000, 'runner-time', '100 h'],
  [4_442_400, 'runner-time', '1,234 h'],
])('%d in %s is written %s', (value, unit, text) => {
  expect(seen(figureText(value, unit))).toBe(text);
});

test('a figure stays in one piece at the end of a line', () => {
  expect(figureText(125, 'seconds')).toBe('2\u00a0min\u00a005\u00a0s');
});

test('a difference carries its sign, and none has none', () => {
  expect([3, -3, 0].map((value) => signedText(value, 'dollars'))).toEqual(['+$3.00', '−$3.00', '$0']);
});

test.each([
  [0, '0%'],
  [0.0001, '<0.1%'],
  [0.0421, '4.2%'],
  [0.0996, '10%'],
  [1, '100%'],
])('a share of %d is written %s', (share, text) => {
  expect(shareText(share)).toBe(text);
});

test.each([
  [0, '0%'],
  [0.3, '+30%'],
  [-0.042, '−4.2%'],
  [-1, '−100%'],
  [0.0001, '<0.1%'],
  [11.2, '×12'],
])('a change of %d is written %s', (change, text) => {
  expect(changeText(change)).toBe(text);
});

test('an average has the digits that say something', () => {
  expect([0, 0.0217, 3.14, 42.6].map(meanText)).toEqual(['0', '0.022', '3.1', '43']);
});

test('one is not several', () => {
  expect([countOf(1, 'job'), countOf(0, 'job'), countOf(1234, 'window')]).toEqual(['1 job', '0 jobs', '1,234 windows']);
});
