import type { DayTerm } from './calendar.ts';
import { ConfigError } from './errors.ts';

/** What the numbers of weekdays mean: cron's 0 to 7, or EventBridge's 1 to 7. Both begin with Sunday. */
export type WeekdayNumbers = 'sunday-is-0' | 'sunday-is-1';

/** Reads what is no special form. */
type PlainReader = (text: string) => readonly number[];

const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Numbers and ranges, and `L` (the last day), `15W` (the weekday nearest to it), `LW` (the last weekday). */
export function monthDayTerms(field: string, plain: PlainReader): readonly DayTerm[] {
  return field.split(',').flatMap((item): readonly DayTerm[] => {
    const text = item.toUpperCase();
    if (text === 'L') return [{ kind: 'last-day' }];
    if (text === 'LW' || text === 'WL') return [{ kind: 'nearest-weekday', day: 'last' }];
    const nearest = /^(\d{1,2})W$/.exec(text)?.[1];
    if (nearest) return plain(nearest).map((day) => ({ kind: 'nearest-weekday', day }));
    return plain(item).map((day) => ({ kind: 'day-of-month', day }));
  });
}

/** Numbers, names and ranges, and `6L` or `FRIL` (the month's last one), `2#1` or `MON#1` (its first). */
export function weekdayTerms(field: string, numbers: WeekdayNumbers, plain: PlainReader): readonly DayTerm[] {
  return field.split(',').flatMap((item): readonly DayTerm[] => {
    const text = item.toUpperCase();
    // The last day of the week: EventBridge's weeks end on Saturday. Cron has no such form.
    if (text === 'L' && numbers === 'sunday-is-1') return [{ kind: 'weekday', weekday: 6 }];
    const last = /^(\d|[A-Z]{3})L$/.exec(text)?.[1];
    if (last) return [{ kind: 'last-weekday', weekday: weekdayOf(last, numbers) }];
    const nth = /^(\d|[A-Z]{3})#([1-5])$/.exec(text);
    if (nth?.[1]) return [{ kind: 'nth-weekday', weekday: weekdayOf(nth[1], numbers), nth: Number(nth[2]) }];
    const standard = numbers === 'sunday-is-1' ? fromEventBridge(item) : item;
    return plain(standard).map((weekday) => ({ kind: 'weekday', weekday }));
  });
}

function weekdayOf(text: string, numbers: WeekdayNumbers): number {
  const named = weekdayNames.indexOf(text);
  if (named >= 0) return named;
  const number = /^\d$/.test(text) ? Number(text) - (numbers === 'sunday-is-1' ? 1 : 0) : -1;
  const highest = numbers === 'sunday-is-1' ? 6 : 7;
  if (number < 0 || number > highest) throw new ConfigError([`The weekday field cannot have ${JSON.stringify(text)}.`]);
  return number % 7;
}

/** `2-6/2` is Monday to Friday for EventBridge, and `2/2` ends on Saturday: for cron they are `1-5/2` and `1-6/2`. */
function fromEventBridge(item: string): string {
  const [days = '', step] = item.split('/', 2);
  const shifted = days
    .split('-')
    .map((day) => (/^\d+$/.test(day) ? String(weekdayOf(day, 'sunday-is-1')) : day))
    .join('-');
  if (step === undefined) return shifted;
  return /^[*]$|-/.test(shifted) ? `${shifted}/${step}` : `${shifted}-6/${step}`;
}
