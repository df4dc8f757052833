import { describe, expect, test } from '@jest/globals';
import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { holdsAt, lastFiringBefore, nextFiringAfter, parseSchedule } from './schedule.ts';

const at = (text: string): number => Date.parse(text);
const iso = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString().replace(':00.000Z', 'Z');

/** The firings after an instant, in order. */
function firings(expression: string, zone: string, after: string, count: number): readonly (string | undefined)[] {
  const schedule = parseSchedule(expression, zone);
  const found: (string | undefined)[] = [];
  let now: number | undefined = at(after);
  for (let n = 0; n < count && now !== undefined; n++) {
    now = nextFiringAfter(schedule, now);
    found.push(iso(now));
  }
  return found;
}

describe('a schedule names', () => {
  const monday = '2026-01-05T00:00:00Z';
  test.each<[string, readonly string[]]>([
    ['0 9 * * 1-5', ['2026-01-05T09:00Z', '2026-01-06T09:00Z']],
    ['30 0 9 * * MON', ['2026-01-05T09:00Z', '2026-01-12T09:00Z']],
    [
      '0 9 1 * 0',
      ['2026-01-11T09:00Z', '2026-01-18T09:00Z', '2026-01-25T09:00Z', '2026-02-01T09:00Z', '2026-02-08T09:00Z'],
    ],
    ['0 0 * * 7', ['2026-01-11T00:00Z']],
    ['0 0 L * *', ['2026-01-31T00:00Z', '2026-02-28T00:00Z']],
    ['0 0 29 2 *', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    ['0 0 * * 5L', ['2026-01-30T00:00Z', '2026-02-27T00:00Z']],
    ['0 0 * * 2#1', ['2026-01-06T00:00Z', '2026-02-03T00:00Z']],
    ['0 0 * 2 1#5', ['2044-02-29T00:00Z']],
    ['cron(0 9 ? * 2-6 *)', ['2026-01-05T09:00Z', '2026-01-06T09:00Z']],
    ['cron(0 9 ? * MON-FRI *)', ['2026-01-05T09:00Z', '2026-01-06T09:00Z']],
    ['cron(0 9 ? * 1 *)', ['2026-01-11T09:00Z']],
    ['cron(0 9 ? * 2/2 *)', ['2026-01-05T09:00Z', '2026-01-07T09:00Z', '2026-01-09T09:00Z', '2026-01-12T09:00Z']],
    ['cron(0 9 ? * 2-6/4 *)', ['2026-01-05T09:00Z', '2026-01-09T09:00Z', '2026-01-12T09:00Z']],
    ['cron(0 9 ? * */3 *)', ['2026-01-07T09:00Z', '2026-01-10T09:00Z', '2026-01-11T09:00Z']],
    ['cron(0 9 ? * L *)', ['2026-01-10T09:00Z', '2026-01-17T09:00Z']],
    ['cron(0 10 ? * 6L 2022-2026)', ['2026-01-30T10:00Z', '2026-02-27T10:00Z']],
    ['cron(0 10 ? * FRI#2 *)', ['2026-01-09T10:00Z', '2026-02-13T10:00Z']],
    ['cron(0 10 15W * ? *)', ['2026-01-15T10:00Z', '2026-02-16T10:00Z', '2026-03-16T10:00Z']],
    ['cron(0 10 1W 2,8 ? *)', ['2026-02-02T10:00Z', '2026-08-03T10:00Z']],
    ['cron(0 10 31W 1,5,10 ? 2026)', ['2026-01-30T10:00Z', '2026-05-29T10:00Z', '2026-10-30T10:00Z']],
    ['cron(0 10 LW * ? *)', ['2026-01-30T10:00Z', '2026-02-27T10:00Z']],
    ['cron(0/15 8 5 1 ? 2026)', ['2026-01-05T08:00Z', '2026-01-05T08:15Z', '2026-01-05T08:30Z', '2026-01-05T08:45Z']],
    ['cron(0 0 1 1 ? 2030/100)', ['2030-01-01T00:00Z', '2130-01-01T00:00Z']],
    ['cron(0 0 1 1 ? */200)', ['2170-01-01T00:00Z']],
    ['rate(1 minute)', ['2026-01-05T00:01Z', '2026-01-05T00:02Z']],
    ['rate(12 hours)', ['2026-01-05T12:00Z', '2026-01-06T00:00Z']],
    ['rate(1 day)', ['2026-01-06T00:00Z']],
  ])('%s', (expression, expected) => {
    expect(firings(expression, 'UTC', monday, expected.length)).toEqual(expected);
  });

  test('nothing once its years have passed, and nothing before they come', () => {
    const past = parseSchedule('cron(0 9 * * ? 2020)', 'UTC');
    expect(nextFiringAfter(past, at(monday))).toBeUndefined();
    expect(iso(lastFiringBefore(past, at(monday)))).toBe('2020-12-31T09:00Z');
    expect(lastFiringBefore(parseSchedule('cron(0 9 * * ? 2030)', 'UTC'), at(monday))).toBeUndefined();
  });
});

describe('when clocks change', () => {
  test.each<[string, string, string, readonly string[]]>([
    // Berlin, 29 March 2026: 02:00 +1 is 03:00 +2. A skipped time fires at the first minute after the gap.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:30Z']],
    [
      '0,30 2,3 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:00Z', '2026-03-29T01:30Z', '2026-03-30T00:00Z'],
    ],
    ['*/30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', ['2026-03-30T00:00Z', '2026-03-30T00:30Z']],
    // Berlin, 25 October 2026: 03:00 +2 is 02:00 +1. A repeated time fires the first time; repeating minutes go on.
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    [
      '*/30 2 * * *',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['2026-10-25T00:00Z', '2026-10-25T00:30Z', '2026-10-25T01:00Z', '2026-10-25T01:30Z', '2026-10-26T01:00Z'],
    ],
    ['0 3 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T02:00Z', '2026-10-26T02:00Z']],
    ['30 2 * * *', 'America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00Z', '2026-03-09T06:30Z']],
    ['30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', ['2026-11-01T05:30Z', '2026-11-02T06:30Z']],
    // Lord Howe moves by half an hour: 02:00 +10:30 is 02:30 +11, and 02:00 +11 is 01:30 +10:30.
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T00:00Z', ['2026-10-03T15:30Z', '2026-10-04T15:15Z']],
    ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T00:00Z', ['2026-04-04T14:45Z', '2026-04-05T15:15Z']],
    // Beirut skips midnight; Apia skipped the whole of 30 December 2011.
    ['0 0 * * *', 'Asia/Beirut', '2026-03-28T12:00Z', ['2026-03-28T22:00Z', '2026-03-29T21:00Z']],
    ['0 12 30 12 *', 'Pacific/Apia', '2011-12-01T00:00Z', ['2011-12-30T10:00Z', '2012-12-29T22:00Z']],
    // St. John's put its clocks back at one minute past midnight, into the day before.
    ['30 23 * * *', 'America/St_Johns', '2010-11-06T12:00Z', ['2010-11-07T02:00Z', '2010-11-08T03:00Z']],
    ['30 2 * * *', 'UTC', '2026-03-28T12:00Z', ['2026-03-29T02:30Z', '2026-03-30T02:30Z']],
  ])('%s in %s after %s', (expression, zone, after, expected) => {
    expect(firings(expression, zone, after, expected.length)).toEqual(expected);
  });

  test('a window by the minute holds through the repeated hour', () => {
    const nights = parseSchedule('* 0-6 * * *', 'Europe/Berlin');
    for (let now = at('2026-10-24T22:00Z'); now < at('2026-10-25T06:00Z'); now += 60_000) {
      expect(holdsAt(nights, now)).toBe(true);
    }
    expect(holdsAt(nights, at('2026-10-25T06:00Z'))).toBe(false);
  });
});

test('seconds count for their whole minute', () => {
  const schedule = parseSchedule('30 0 9 * * *', 'UTC');
  expect(holdsAt(schedule, at('2026-01-05T09:00:00.000Z'))).toBe(true);
  expect(holdsAt(schedule, at('2026-01-05T09:00:59.999Z'))).toBe(true);
  expect(holdsAt(schedule, at('2026-01-05T09:01:00.000Z'))).toBe(false);
});

test('a rate holds for the minute in which it fires', () => {
  const schedule = parseSchedule('rate(5 minutes)', 'UTC');
  expect(holdsAt(schedule, at('2026-01-05T09:05:59Z'))).toBe(true);
  expect(holdsAt(schedule, at('2026-01-05T09:06:00Z'))).toBe(false);
});

test('a firing that is longer ago than asked for is none', () => {
  for (const expression of ['0 9 * * *', 'rate(1 day)']) {
    const schedule = parseSchedule(expression, 'UTC');
    const firing = lastFiringBefore(schedule, at('2026-01-05T20:00Z')) ?? 0;
    expect(lastFiringBefore(schedule, firing + 300_000, 300)).toBe(firing);
    expect(lastFiringBefore(schedule, firing + 300_001, 300)).toBeUndefined();
  }
});

const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut', 'UTC');
const instants = fc.integer({ min: at('2000-01-01T00:00Z'), max: at('2060-01-01T00:00Z') });
const list = (min: number, max: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: 2, max: 9 }).map((step) => `*/${step}`),
    fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 }).map((values) => values.join(',')),
  );
const cron = fc.tuple(list(0, 59), list(0, 23), list(1, 28), list(1, 12), list(0, 6)).map((fields) => fields.join(' '));

test('looking back from the next firing finds it, and nothing fires between', () => {
  fc.assert(
    fc.property(cron, zones, instants, fc.double({ min: 0, max: 1, noNaN: true }), (expression, zone, now, part) => {
      const schedule = parseSchedule(expression, zone);
      const next = nextFiringAfter(schedule, now) ?? Number.NaN;
      const last = lastFiringBefore(schedule, now) ?? Number.NaN;
      expect(next).toBeGreaterThan(now);
      expect(last).toBeLessThanOrEqual(now);
      expect(lastFiringBefore(schedule, next)).toBe(next);
      expect(lastFiringBefore(schedule, next - 1)).toBe(last);
      expect(nextFiringAfter(schedule, last)).toBe(next);
      const between = last + 60_000 + Math.floor(part * (next - last - 60_000));
      expect(holdsAt(schedule, between)).toBe(between >= next);
      expect(holdsAt(schedule, next)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('without changing clocks it agrees with the library', () => {
  fc.assert(
    fc.property(cron, instants, (expression, now) => {
      const theirs = CronExpressionParser.parse(expression, { currentDate: new Date(now), tz: 'UTC' })
        .next()
        .getTime();
      expect(nextFiringAfter(parseSchedule(expression, 'UTC'), now)).toBe(theirs);
    }),
    { numRuns: 300 },
  );
});

test('a hundred thousand questions are answered at once', () => {
  const schedule = parseSchedule('* * 9-17 * * 1-5', 'Europe/Berlin');
  const start = at('2026-03-20T00:00Z');
  let held = 0;
  for (let n = 0; n < 100_000; n++) if (holdsAt(schedule, start + n * 10_000)) held++;
  expect(held).toBeGreaterThan(20_000);
});
