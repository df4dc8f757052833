import { CronExpressionParser } from 'cron-parser';
import { type DayRule, type DayTerm, everMatches } from './calendar.ts';
import { monthDayTerms, type WeekdayNumbers, weekdayTerms } from './cron-days.ts';
import { years } from './cron-years.ts';
import { ConfigError } from './errors.ts';

/** A cron expression as numbers, in the local time of a zone that is named elsewhere. */
export interface Cron {
  /** Ascending. */
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: DayRule;
  /** Whether it names fixed times of the day (`30 2`), rather than repeats through it. */
  readonly fixedTimes: boolean;
}

/** The fields as written, in one order. */
interface Written {
  readonly second: string;
  readonly minute: string;
  readonly hour: string;
  readonly monthDay: string;
  readonly month: string;
  readonly weekday: string;
  readonly year: string;
  readonly weekdays: WeekdayNumbers;
}

const lengthLimit = 256;

/**
 * Cron with five fields, with six (seconds first), or as EventBridge writes it (`cron(…)`, year last, Sunday is 1).
 * Throws a `ConfigError` of one sentence.
 */
export function parseCron(expression: string): Cron {
  if (expression.length > lengthLimit) throw new ConfigError([`A schedule has at most ${lengthLimit} characters.`]);
  const inside = /^cron\((.*)\)$/i.exec(expression)?.[1];
  const written = inside === undefined ? standardFields(expression) : eventBridgeFields(inside);
  // Functions run once a minute, so the seconds are only checked.
  plainValues('second', written.second);
  const cron: Cron = {
    minutes: plainValues('minute', written.minute),
    hours: plainValues('hour', written.hour),
    days: {
      terms: dayTerms(written),
      months: new Set(plainValues('month', written.month)),
      years: years(written.year),
    },
    fixedTimes: !/[*/]/.test(`${written.minute} ${written.hour}`),
  };
  if (!everMatches(cron.days)) throw new ConfigError(['There is no such day: no month and year that it names has it.']);
  return cron;
}

function standardFields(expression: string): Written {
  const fields = expression.trim().split(/\s+/);
  if (fields.length === 5) fields.unshift('0');
  const [second, minute, hour, monthDay, month, weekday] = fields;
  if (fields.length !== 6 || !second || !minute || !hour || !monthDay || !month || !weekday) {
    throw new ConfigError([
      'Cron has five fields (minute, hour, day of the month, month, weekday), or six with the seconds first.',
    ]);
  }
  return { second, minute, hour, monthDay, month, weekday, year: '*', weekdays: 'sunday-is-0' };
}

function eventBridgeFields(inside: string): Written {
  const fields = inside.trim().split(/\s+/);
  const [minute, hour, monthDay, month, weekday, year] = fields;
  if (fields.length !== 6 || !minute || !hour || !monthDay || !month || !weekday || !year) {
    throw new ConfigError(['cron(…) has six fields: minute, hour, day of the month, month, weekday, year.']);
  }
  if ((monthDay === '?') === (weekday === '?')) {
    throw new ConfigError(['Inside cron(…), the day of the month or the weekday is ?, and not both.']);
  }
  return { second: '0', minute, hour, monthDay, month, weekday, year, weekdays: 'sunday-is-1' };
}

/** Where both kinds of day are named, either is enough: this is how cron has always read them. */
function dayTerms({ monthDay, weekday, weekdays }: Written): readonly DayTerm[] {
  const any = /^[*?]$/;
  return [
    ...(any.test(monthDay) ? [] : monthDayTerms(monthDay, (plain) => plainValues('day of the month', plain))),
    ...(any.test(weekday) ? [] : weekdayTerms(weekday, weekdays, (plain) => plainValues('weekday', plain))),
  ];
}

const places = ['second', 'minute', 'hour', 'day of the month', 'month', 'weekday'] as const;

/** Numbers, names, ranges, lists and steps. Each field is read by itself, so that the sentence can name it. */
function plainValues(name: (typeof places)[number], text: string): readonly number[] {
  const names = name === 'month' || name === 'weekday';
  // `H` would draw a random number, and `?` says nothing outside the days.
  const known = names ? /^[\d*,/a-z-]+$/i : /^[\d*,/-]+$/;
  if (!known.test(text)) throw new ConfigError([`The ${name} field cannot be ${JSON.stringify(text)}.`]);
  const expression = places.map((place) => (place === name ? text : '*')).join(' ');
  try {
    // A date is given only so that the library does not read the clock.
    const { fields } = CronExpressionParser.parse(expression, { currentDate: new Date(0), tz: 'UTC' });
    const { second, minute, hour, dayOfMonth, month, dayOfWeek } = fields;
    const field = [second, minute, hour, dayOfMonth, month, dayOfWeek][places.indexOf(name)];
    const numbers = (field?.values ?? []).map((value) => (name === 'weekday' ? Number(value) % 7 : Number(value)));
    return [...new Set(numbers)].sort((one, other) => one - other);
  } catch (cause) {
    throw new ConfigError([`The ${name} field cannot be ${JSON.stringify(text)}: ${reasonOf(cause)}.`], { cause });
  }
}

const reasonOf = (cause: unknown): string =>
  String(cause instanceof Error ? cause.message : cause)
    .replace(/^Constraint error, |^Validation error, |\.$/g, '')
    .replace(' expected', ', expected');
