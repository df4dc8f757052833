import { ConfigError } from './errors.ts';
import type { Instant } from './instant.ts';
import { nearestName } from './nearest.ts';

const minute = 60_000;
const day = 86_400_000;

/** A stretch of time during which a zone's clocks keep the same distance from UTC. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  /** Milliseconds to add to UTC for the local time. */
  readonly offset: number;
}

export interface TimeZone {
  readonly name: string;
  offsetAt(instant: Instant): number;
}

/** Throws a `ConfigError` of one sentence for a name that the IANA database lacks. */
export function timeZone(name: string): TimeZone {
  const format = formatOf(name);
  if (!format) throw new ConfigError([unknownZone(name)]);
  return { name, offsetAt: (instant) => offsetIn(format.format(instant)) };
}

function formatOf(name: string): Intl.DateTimeFormat | undefined {
  // Bare distances such as `+02:00` are no zones: they would not follow daylight saving time, and AWS refuses them.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

function unknownZone(name: string): string {
  const meant = nearestName(name, Intl.supportedValuesOf('timeZone'));
  const example = meant ? `did you mean ${meant}?` : 'write an IANA name such as Europe/Berlin or UTC.';
  return `${JSON.stringify(name)} is not a time zone: ${example}`;
}

/** Reads `1/5/2026, GMT+05:30`; UTC itself is plain `GMT`. */
function offsetIn(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? [];
  const distance = (Number(hours) * 60 + Number(minutes)) * minute;
  return sign === '-' ? -distance : distance;
}

/** The stretches that cover the days from `from`, in order. No zone changed its clocks twice within a day. */
export function stretches(zone: TimeZone, from: Instant, days: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let start = from; start < from + days * day; start += day) {
    const change = changeWithin(zone, start, start + day);
    append(found, { from: start, to: change, offset: zone.offsetAt(start) });
    if (change < start + day) append(found, { from: change, to: start + day, offset: zone.offsetAt(change) });
  }
  return found;
}

function append(found: Stretch[], next: Stretch): void {
  const last = found.at(-1);
  if (last?.offset === next.offset) found[found.length - 1] = { ...last, to: next.to };
  else found.push(next);
}

/** The minute at which the clocks change; `to` where they do not. */
function changeWithin(zone: TimeZone, from: Instant, to: Instant): Instant {
  const before = zone.offsetAt(from);
  if (zone.offsetAt(to - minute) === before) return to;
  let low = 0;
  let high = (to - from) / minute - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetAt(from + middle * minute) === before) low = middle;
    else high = middle;
  }
  return from + high * minute;
}
