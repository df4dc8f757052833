/** A day, as the number of days since 1970-01-01, without zone. */
export type Day = number;

/** One kind of day that a schedule names. Weekdays count from Sunday, 0. */
export type DayTerm =
  | { readonly kind: 'day-of-month'; readonly day: number }
  | { readonly kind: 'last-day' }
  /** The Monday to Friday nearest to that day, within its month; `last`: the month's last one. */
  | { readonly kind: 'nearest-weekday'; readonly day: number | 'last' }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'last-weekday'; readonly weekday: number }
  | { readonly kind: 'nth-weekday'; readonly weekday: number; readonly nth: number };

/** Which days a schedule means: the month and the year must fit, and one of the terms. No terms: every day. */
export interface DayRule {
  readonly terms: readonly DayTerm[];
  readonly months: ReadonlySet<number>;
  /** Undefined: any. */
  readonly years: ReadonlySet<number> | undefined;
}

interface Place {
  readonly date: number;
  readonly weekday: number;
  readonly daysInMonth: number;
}

/** Whether a schedule means this day. */
export function dayMatches(rule: DayRule, day: Day): boolean {
  const at = new Date(day * 86_400_000);
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth() + 1;
  if (!rule.months.has(month) || (rule.years && !rule.years.has(year))) return false;
  if (rule.terms.length === 0) return true;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const place = { date: at.getUTCDate(), weekday: at.getUTCDay(), daysInMonth };
  return rule.terms.some((term) => termMatches(term, place));
}

function termMatches(term: DayTerm, { date, weekday, daysInMonth }: Place): boolean {
  switch (term.kind) {
    case 'day-of-month':
      return date === term.day;
    case 'last-day':
      return date === daysInMonth;
    case 'nearest-weekday':
      return date === nearestWeekday(term.day, { date, weekday, daysInMonth });
    case 'weekday':
      return weekday === term.weekday;
    case 'last-weekday':
      return weekday === term.weekday && date > daysInMonth - 7;
    case 'nth-weekday':
      return weekday === term.weekday && Math.ceil(date / 7) === term.nth;
  }
}

/** The date in the month of `place`; undefined where the month lacks the day. It never leaves the month. */
function nearestWeekday(day: number | 'last', place: Place): number | undefined {
  const wanted = day === 'last' ? place.daysInMonth : day;
  if (wanted > place.daysInMonth) return undefined;
  const weekday = (((place.weekday + wanted - place.date) % 7) + 7) % 7;
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 0) return wanted === place.daysInMonth ? wanted - 2 : wanted + 1;
  return wanted;
}

/**
 * No rule of the calendar repeats more rarely: February has a fifth Monday every 28 years, or 40 across a century
 * that is no leap year.
 */
export const rarestYears = 41;

const firstDay = (year: number): Day => Date.UTC(year, 0, 1) / 86_400_000;

/** Whether there is such a day at all: February has no 30th. */
export function everMatches(rule: DayRule): boolean {
  const from = rule.years ? Math.min(...rule.years) : 2000;
  const to = rule.years ? Math.max(...rule.years) : from + rarestYears;
  for (let day = firstDay(from); day < firstDay(to + 1); day++) if (dayMatches(rule, day)) return true;
  return false;
}
