import { describe, expect, test } from '@jest/globals';
import { ConfigError, messageOf } from './errors.ts';
import { parseSchedule } from './schedule.ts';

const problemOf = (expression: string, zone = 'UTC'): string => {
  try {
    parseSchedule(expression, zone);
    return 'none';
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ConfigError);
    return thrown instanceof ConfigError ? thrown.problems.join() : messageOf(thrown);
  }
};

describe('a schedule is refused', () => {
  test.each<[string, RegExp]>([
    ['', /cannot be empty/],
    ['   ', /cannot be empty/],
    ['* * * *', /five fields/],
    ['* * * * * * *', /five fields/],
    ['@daily', /five fields/],
    ['60 * * * *', /^The minute field cannot be "60": got value 60, expected range 0-59\.$/],
    ['* 24 * * *', /hour field cannot be "24"/],
    ['* * 0 * *', /day of the month field/],
    ['* * * 13 *', /month field/],
    ['* * * FOO *', /month field/],
    ['* * * * 8', /weekday field/],
    ['61 * * * * *', /second field/],
    ['H * * * *', /minute field/],
    ['? * * * *', /minute field/],
    ['*/0 * * * *', /minute field/],
    ['5-1 * * * *', /minute field/],
    ['1,,2 * * * *', /minute field/],
    ['* * * * 1#6', /weekday field/],
    ['* * * * *#2', /weekday field/],
    ['* * * * 9L', /weekday field/],
    ['* * * * XYZ#1', /weekday field/],
    ['* * * * L', /weekday field/],
    ['0 0 30 2 *', /no such day/],
    ['0 0 31 2,4,6 *', /no such day/],
    ['0 0 31W 2 *', /no such day/],
    ['cron(0 0 30 2 ? *)', /no such day/],
    ['cron(0 0 29 2 ? 2027)', /no such day/],
    ['cron(0 9 * * *)', /six fields/],
    ['cron(0 9 * * * *)', /and not both/],
    ['cron(0 9 ? * ? *)', /and not both/],
    ['cron(0 9 1 * MON *)', /and not both/],
    ['cron(0 9 ? * 0 *)', /weekday field/],
    ['cron(0 9 ? * 8 *)', /weekday field/],
    ['cron(0 9 ? * 0#1 *)', /weekday field/],
    ['cron(0 9 * * ? 1969)', /year field/],
    ['cron(0 9 * * ? 2028-2026)', /year field/],
    ['cron(0 9 * * ? 2026/0)', /year field/],
    ['rate(0 minutes)', /no rate/],
    ['rate(1 minutes)', /no rate/],
    ['rate(5 minute)', /no rate/],
    ['rate(5 weeks)', /no rate/],
    ['rate 5 minutes', /no rate/],
    ['at(2026-01-01T00:00:00)', /fires once/],
    [`${'1,'.repeat(200)}1 * * * *`, /at most 256/],
  ])('%j', (expression, sentence) => {
    expect(problemOf(expression)).toMatch(sentence);
  });

  test.each<[string, RegExp]>([
    ['Europe/Berln', /did you mean Europe\/Berlin/],
    ['Mars/Olympus', /IANA/],
    ['', /IANA/],
    ['+02:00', /IANA/],
  ])('for the zone %j', (zone, sentence) => {
    expect(problemOf('* * * * *', zone)).toMatch(sentence);
  });
});
