import { expect, test } from '@jest/globals';
import { durationOf, labelsOf, momentOf, repoOf, secondsOf } from './trace-values.ts';

const morning = Date.UTC(2026, 0, 5, 8);

test.each([
  ['2026-01-05T08:00:00Z', morning],
  ['2026-01-05t08:00:00z', morning],
  ['2026-01-05T08:00Z', morning],
  [' 2026-01-05 08:00:00 UTC ', morning],
  ['2026-01-05T08:00:00', morning],
  ['2026-01-05 08:00:00.250000000', morning + 250],
  ['2026-01-05T08:00:00,5Z', morning + 500],
  ['2026-01-05T10:00:00+02:00', morning],
  ['2026-01-05T02:30:00-0530', morning],
  ['2026-01-05 08:00:00+00', morning],
  [morning / 1_000, morning],
  [`${morning / 1_000}`, morning],
  [morning / 1_000 + 0.25, morning + 250],
  ['1.7676e9', 1_767_600_000_000],
  [morning, morning],
  [`${morning}`, morning],
])('%j is a moment', (found, moment) => {
  expect(momentOf(found)).toBe(moment);
});

test.each([
  '2026-01-05',
  '2026-02-31T08:00:00Z',
  '2026-13-01T08:00:00Z',
  '2026-01-05T25:00:00Z',
  '2026-01-05T24:00:00Z',
  '2026-01-05T08:00:00+99:00',
  '05.01.2026 08:00',
  'Mon, 05 Jan 2026 08:00:00 GMT',
  '1999-12-31T23:59:59Z',
  '2100-01-01T00:00:00Z',
  'yesterday',
  '0x6957a000',
  '0',
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  // Microseconds and nanoseconds.
  morning * 1_000,
  morning * 1_000_000,
  true,
  null,
  {},
])('%j is no moment', (found) => {
  expect(momentOf(found)).toBeUndefined();
});

test.each([
  ['183.5', 183.5],
  [' 60 ', 60],
  [12, 12],
  ['1e3', 1_000],
  ['0', 0],
  [3_024_000, 3_024_000],
])('%j is a number of seconds', (found, seconds) => {
  expect(secondsOf(found)).toBe(seconds);
});

test.each([
  -1,
  '-0.1',
  'NaN',
  Number.NaN,
  'Infinity',
  '1,5',
  '3m20s',
  '00:03:20',
  '',
  '0x10',
  3_024_001,
  true,
  null,
  [5],
])('%j is no number of seconds', (found) => {
  expect(secondsOf(found)).toBeUndefined();
});

test('a job of 0 whole seconds took some time', () => {
  expect([durationOf('0'), durationOf('0.2'), durationOf('-1')]).toEqual([1, 0.2, undefined]);
});

test.each([
  ['self-hosted linux x64', ['self-hosted', 'linux', 'x64']],
  ['  self-hosted\tLinux ', ['self-hosted', 'Linux']],
  ['self-hosted,linux, x64', ['self-hosted', 'linux', 'x64']],
  [
    ['self-hosted', 'two words'],
    ['self-hosted', 'two words'],
  ],
  ['größe', ['größe']],
])('%j are labels', (found, labels) => {
  expect(labelsOf(found)).toEqual(labels);
});

test.each([
  '',
  '  ',
  ',',
  '["self-hosted","linux"]',
  '[self-hosted, linux]',
  [],
  [''],
  ['linux', ' '],
  ['linux', 7],
  [['linux']],
  7,
  null,
  'x'.repeat(257),
])('%j are no labels', (found) => {
  expect(labelsOf(found)).toBeUndefined();
});

test('more labels than a fleet may have are none', () => {
  expect(labelsOf(Array.from({ length: 101 }, (_, number) => `l${number}`))).toBeUndefined();
});

test.each(['acme/app', ' acme/app.js ', 'a/b', 'acme/.github', 'acme/a_b-1'])('%j is a repository', (found) => {
  expect(repoOf(found)).toBe(found.trim());
});

test.each([
  'acme',
  'acme/',
  '/app',
  'a/b/c',
  'https://github.com/acme/app',
  'ac me/app',
  'acme/..',
  'acme/<b>',
  'acme/a\u0000',
  `a/${'b'.repeat(300)}`,
  7,
  null,
])('%j is no repository', (found) => {
  expect(repoOf(found)).toBeUndefined();
});
