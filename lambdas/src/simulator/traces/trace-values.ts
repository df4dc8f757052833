import type { Instant } from '../../core/instant.ts';
import { areWithinLimits } from '../../core/label-limits.ts';

/** Each reads what a person or a program wrote, and gives undefined for what it can't be. */
export type ReadValue<Value> = (found: unknown) => Value | undefined;

const earliestAt = Date.UTC(2000, 0, 1);
const latestAt = Date.UTC(2100, 0, 1);
/** GitHub ends a workflow run after 35 days, whatever it waits for. */
const secondsLimit = 35 * 86_400;
const repoLengthLimit = 256;

const decimal = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const calendarTime = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:[.,]\d+)?)? ?(?:Z|UTC|([+-]\d\d):?(\d\d)?)?$/i;

/** Seconds and milliseconds since 1970 can't be confused: no number is a time between 2000 and 2100 in both. */
export const momentOf: ReadValue<Instant> = (found) => {
  const number = numberOf(found);
  const instants = number === undefined ? [calendarInstant(found)] : [number * 1_000, number];
  return instants.find((instant) => instant >= earliestAt && instant < latestAt);
};

/** Without a zone it is UTC: a trace must not mean something else on another machine. NaN for no time. */
function calendarInstant(found: unknown): Instant {
  const parts = calendarTime.exec(textOf(found));
  if (parts === null) return Number.NaN;
  const [, day = '', minute, second = ':00', zoneHours = '+00', zoneMinutes = '00'] = parts;
  const local = `${day}T${minute}${second.replace(',', '.')}`;
  // The 31st of February would be taken for the 3rd of March.
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) return Number.NaN;
  return Date.parse(`${local}${zoneHours}:${zoneMinutes}`);
}

export const secondsOf: ReadValue<number> = (found) => {
  const seconds = numberOf(found);
  return seconds !== undefined && seconds >= 0 && seconds <= secondsLimit ? seconds : undefined;
};

/** A job that a clock of whole seconds calls 0 seconds long ran for some time all the same. */
export const durationOf: ReadValue<number> = (found) => {
  const seconds = secondsOf(found);
  return seconds === 0 ? 1 : seconds;
};

/** A list, or one text. A comma separates as well, as no forge allows one in a label; brackets are JSON in a cell. */
export const labelsOf: ReadValue<readonly string[]> = (found) => {
  const labels: readonly unknown[] = Array.isArray(found) ? found : textOf(found).split(/[\s,]+/);
  const named = labels.filter(
    (label): label is string => typeof label === 'string' && label.trim() !== '' && !/[[\]"]/.test(label),
  );
  const isSound = named.length > 0 && named.length === labels.length && areWithinLimits(named);
  return isSound ? named : undefined;
};

export const repoOf: ReadValue<string> = (found) => {
  const repo = textOf(found);
  return /^[\w.-]+\/(?!\.{1,2}$)[\w.-]+$/.test(repo) && repo.length <= repoLengthLimit ? repo : undefined;
};

const textOf = (found: unknown): string => (typeof found === 'string' ? found.trim() : '');

/** `Number` itself takes an empty text for 0. */
function numberOf(found: unknown): number | undefined {
  const number = typeof found === 'number' || decimal.test(textOf(found)) ? Number(found) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
