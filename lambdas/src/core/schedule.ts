import { dayMatches, rarestYears } from './calendar.ts';
import { type Cron, parseCron } from './cron.ts';
import { ConfigError } from './errors.ts';
import type { Instant } from './instant.ts';
import { stretches, type TimeZone, timeZone } from './time-zone.ts';

/**
 * When something is due: minutes, as functions run once a minute. A cron's seconds count for their whole minute.
 *
 * When clocks change, cron's repeating minutes (a `*` or `/` in the minute or hour) follow real time. Fixed times fire
 * once: one that the clocks skip fires at the first minute after the gap, one that they repeat the first time.
 */
export type Schedule =
  | { readonly kind: 'rate'; readonly every: number }
  | { readonly kind: 'cron'; readonly cron: Cron; readonly zone: TimeZone; readonly firings: Map<number, Firings> };

type Firings = readonly Instant[];
type CronSchedule = Extract<Schedule, { kind: 'cron' }>;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Both caches only save work: what they hold follows from their keys. They start anew when full. */
const parsed = new Map<string, Schedule>();
const parsedLimit = 500;
const firingsLimit = 8;

/** Cron, `cron(…)` or `rate(…)`, in an IANA zone. Throws a `ConfigError` of one sentence. */
export function parseSchedule(expression: string, zone: string): Schedule {
  const key = `${zone} ${expression}`;
  const known = parsed.get(key);
  if (known) return known;
  const schedule = readSchedule(expression.trim(), timeZone(zone));
  if (parsed.size >= parsedLimit) parsed.clear();
  parsed.set(key, schedule);
  return schedule;
}

function readSchedule(expression: string, zone: TimeZone): Schedule {
  if (expression === '') {
    throw new ConfigError(['A schedule cannot be empty: write cron such as `0 9 * * 1-5`, or `rate(5 minutes)`.']);
  }
  if (/^rate\b/i.test(expression)) return { kind: 'rate', every: rateOf(expression) };
  if (/^at\b/i.test(expression)) throw new ConfigError(['at(…) fires once; write cron(…) with a year, or rate(…).']);
  return { kind: 'cron', cron: parseCron(expression), zone, firings: new Map() };
}

function rateOf(expression: string): number {
  const [, value, unit = '', plural] = /^rate\(\s*([1-9]\d{0,4})\s+(minute|hour|day)(s?)\s*\)$/.exec(expression) ?? [];
  if (!value || (value === '1') === (plural === 's')) {
    throw new ConfigError([
      `${JSON.stringify(expression)} is no rate: write rate(1 minute), rate(5 minutes), rate(1 hour) or rate(2 days).`,
    ]);
  }
  return Number(value) * ({ minute, hour, day }[unit] ?? minute);
}

/** Whether the minute that is now is one of the schedule's. */
export function holdsAt(schedule: Schedule, now: Instant): boolean {
  const thisMinute = Math.floor(now / minute) * minute;
  if (schedule.kind === 'rate') return thisMinute % schedule.every === 0;
  return firingsOn(schedule, Math.floor(now / day)).includes(thisMinute);
}

/** Whether no minute that it names is followed by another one: right for a tick, and of little use for a window. */
export const holdsForSingleMinutes = (schedule: Schedule): boolean =>
  schedule.kind === 'rate'
    ? schedule.every > minute
    : schedule.cron.minutes.every((each) => !schedule.cron.minutes.includes((each + 1) % 60));

/** The start of the last minute at or before now; undefined: none, or none within that time. */
export function lastFiringBefore(schedule: Schedule, now: Instant, withinSeconds?: number): Instant | undefined {
  const earliest = withinSeconds === undefined ? Number.NEGATIVE_INFINITY : now - withinSeconds * 1000;
  if (schedule.kind === 'rate') {
    const last = Math.floor(now / schedule.every) * schedule.every;
    return last >= earliest ? last : undefined;
  }
  const today = Math.floor(now / day);
  const oldest = Math.max(today - daysSearched(schedule), Math.floor(earliest / day));
  for (let date = today; date >= oldest; date--) {
    const last = firingsOn(schedule, date).findLast((firing) => firing <= now);
    if (last !== undefined) return last >= earliest ? last : undefined;
  }
  return undefined;
}

/** The start of the first minute after now; undefined: never again. */
export function nextFiringAfter(schedule: Schedule, now: Instant): Instant | undefined {
  if (schedule.kind === 'rate') return (Math.floor(now / schedule.every) + 1) * schedule.every;
  const today = Math.floor(now / day);
  for (let date = today; date <= today + daysSearched(schedule); date++) {
    const next = firingsOn(schedule, date).find((firing) => firing > now);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** Named years may lie as far apart as EventBridge allows years at all. */
const daysSearched = ({ cron }: CronSchedule): number => (cron.days.years ? 230 : rarestYears) * 366;

/** All firings of one day of UTC, in order. Everything above is answered from these, so that nothing can disagree. */
function firingsOn(schedule: CronSchedule, date: number): Firings {
  const { days } = schedule.cron;
  // Local days reach into the days before and after. Most schedules' days end here, without asking for the zone.
  if (!dayMatches(days, date) && !dayMatches(days, date - 1) && !dayMatches(days, date + 1)) return [];
  const known = schedule.firings.get(date);
  if (known) return known;
  const firings = computeFirings(schedule, date * day);
  if (schedule.firings.size >= firingsLimit) schedule.firings.clear();
  schedule.firings.set(date, firings);
  return firings;
}

function computeFirings({ cron, zone }: CronSchedule, start: Instant): Firings {
  // The day before as well: clocks that were put back then may still repeat.
  const parts = stretches(zone, start - day, 2);
  const firings = parts.flatMap((part, place) => {
    const before = parts[place - 1] ?? part;
    const shift = cron.fixedTimes ? part.offset - before.offset : 0;
    const skipped = shift > 0 && localTimes(cron, part.from + before.offset, part.from + part.offset).length > 0;
    const from = part.from + Math.max(0, -shift);
    const regular = localTimes(cron, from + part.offset, part.to + part.offset).map((local) => local - part.offset);
    return skipped && regular[0] !== part.from ? [part.from, ...regular] : regular;
  });
  return firings.filter((firing) => firing >= start && firing < start + day);
}

/** The cron's times from one local time to another, as if local time were UTC. */
function localTimes({ days, hours, minutes }: Cron, from: number, to: number): readonly number[] {
  const times: number[] = [];
  for (let date = Math.floor(from / day); date * day < to; date++) {
    if (!dayMatches(days, date)) continue;
    for (const h of hours) for (const m of minutes) times.push(date * day + h * hour + m * minute);
  }
  return times.filter((time) => time >= from && time < to);
}
