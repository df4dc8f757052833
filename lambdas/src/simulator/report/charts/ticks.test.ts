import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countAxis, evenDurationTicks, growingDurationTicks, timeTicks } from './ticks.ts';

const monday = Date.UTC(2026, 2, 2);
const hour = 3_600_000;
const day = 24 * hour;

/** As a reader sees it. */
const texts = (ticks: readonly { readonly text: string }[]): readonly string[] =>
  ticks.map(({ text }) => text.replaceAll('\u00a0', ' '));

test.each<[string, number, readonly string[]]>([
  ['a quarter of an hour', hour / 4, ['Mon 2', '00:05', '00:10', '00:15']],
  ['half a day', day / 2, ['Mon 2', '03:00', '06:00', '09:00', '12:00']],
  ['a week', 6.9 * day, ['Mon 2', 'Tue 3', 'Wed 4', 'Thu 5', 'Fri 6', 'Sat 7', 'Sun 8']],
  ['a month', 30 * day, ['8 Mar', '15 Mar', '22 Mar', '29 Mar']],
  ['a year', 364 * day, ['Apr 2026', 'Jul 2026', 'Oct 2026', 'Jan 2027']],
])('%s has the calendar’s own steps', (_, span, shown) => {
  expect(texts(timeTicks(monday, monday + span))).toEqual(shown);
});

test('names of times never touch, however long it takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60_000, max: 800 * day }), fc.integer({ min: 0, max: 400 * day }), (span, begin) => {
      const [from, to] = [monday + begin, monday + begin + span];
      const ticks = timeTicks(from, to);
      const pixelsOf = (one: number): number => ((one - from) / span) * 480;
      const gaps = ticks.slice(1).map(({ value }, place) => pixelsOf(value) - pixelsOf(ticks[place]?.value ?? 0));
      expect(Math.min(480, ...gaps)).toBeGreaterThan(Math.max(0, ...ticks.map(({ text }) => text.length)) * 6);
    }),
    { numRuns: 300 },
  );
});

test('counts are whole, and the most that there was is on the axis', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (most) => {
      const { down, downTicks } = countAxis(most, 100);
      expect(downTicks.every(({ value }) => Number.isInteger(value))).toBe(true);
      expect(downTicks.length).toBeGreaterThanOrEqual(2);
      expect(down(most)).toBeGreaterThanOrEqual(-0.001);
      expect(down(0)).toBe(100);
    }),
  );
});

test('large counts are short', () => {
  expect(texts(countAxis(14_000_000, 100).downTicks)).toEqual(['0', '5M', '10M', '15M']);
  expect(texts(countAxis(25_000, 100).downTicks).at(-1)).toBe('25K');
});

test.each([
  [3, ['0', '1 s', '2 s', '3 s']],
  [45, ['0', '10 s', '20 s', '30 s', '40 s']],
  [600, ['0', '2 min', '4 min', '6 min', '8 min', '10 min']],
  [86_400, ['0', '3 h', '6 h', '9 h', '12 h', '15 h', '18 h', '21 h', '1 d']],
])('%d s are divided evenly', (longest, shown) => {
  expect(texts(evenDurationTicks(longest))).toEqual(shown);
});

test('names on a growing scale keep their distance', () => {
  const across = (seconds: number): number => (Math.log1p(seconds / 5) / Math.log1p(3600 / 5)) * 100;
  const ticks = growingDurationTicks(3600, across);
  const gaps = ticks.slice(1).map(({ value }, place) => across(value) - across(ticks[place]?.value ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10);
  expect(texts(ticks).slice(0, 3)).toEqual(['0', '5 s', '15 s']);
});
