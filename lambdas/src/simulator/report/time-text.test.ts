import { expect, test } from '@jest/globals';
import { datesText, dayText, hourText, instantText, momentText, monthDayText, monthText } from './time-text.ts';

const at = Date.UTC(2026, 2, 3, 14, 5, 10);
const day = 86_400_000;

test('moments are written in UTC, whatever the machine’s zone is', () => {
  expect([dayText, hourText, momentText, monthDayText, monthText, instantText].map((written) => written(at))).toEqual([
    'Tue 3',
    '14:05',
    'Tue 3, 14:05',
    '3 Mar',
    'Mar 2026',
    'Tue 3 Mar 2026 14:05:10 UTC',
  ]);
});

test.each([
  [at, '3 March 2026'],
  [at + 5 * day, '3 – 8 March 2026'],
  [at + 30 * day, '3 March – 2 April 2026'],
  [at + 365 * day, '3 March 2026 – 3 March 2027'],
])('dates are said once', (to, text) => {
  expect(datesText(at, to).replaceAll(/\s/g, ' ')).toBe(text);
});
