import { scaleLinear, scaleUtc } from 'd3-scale';
import type { Instant } from '../../../core/instant.ts';
import { figureText } from '../number-text.ts';
import { dayText, hourText, monthDayText, monthText } from '../time-text.ts';
import type { Place } from './plot.ts';

/** A place on an axis, and what stands there. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}

const daySeconds = 86_400;
const durations = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 2 * 3600, 3 * 3600, 6 * 3600, 12 * 3600],
  ...[1, 2, 7, 14, 28].map((days) => days * daySeconds),
];

/** An axis of counts, upwards from 0 to at least the most, in this many pixels. */
export interface CountAxis {
  readonly height: number;
  readonly down: Place;
  readonly downTicks: readonly Tick[];
}

/** Whole numbers alone, as there is no half of a job. */
export function countAxis(most: number, height: number): CountAxis {
  const down = scaleLinear()
    .domain([0, Math.max(1, most)])
    .nice(4)
    .range([height, 0]);
  const downTicks = down.ticks(4).filter(Number.isInteger);
  return { height, down, downTicks: downTicks.map((value) => ({ value, text: countTickText(value) })) };
}

const shortCount = new Intl.NumberFormat('en-US', { notation: 'compact' });

/** `1,500`, `25K`, `1.5M`: there is little room beside an axis. */
const countTickText = (value: number): string =>
  value < 10_000 ? figureText(value, 'count') : shortCount.format(value);

/** Letters that fit along the axis of half a page. */
const lettersLimit = 58;

/** The calendar's own steps, in UTC, each named by what changes from one to the next; as many as have room. */
export function timeTicks(from: Instant, to: Instant): readonly Tick[] {
  const scale = scaleUtc().domain([from, to]);
  const choices = [9, 7, 5, 4, 3, 2].map((count) => named(evenly(scale.ticks(count).map(Number))));
  const hasRoom = (ticks: readonly Tick[]): boolean =>
    ticks.length * Math.max(0, ...ticks.map(({ text }) => text.length)) <= lettersLimit;
  return choices.find(hasRoom) ?? [];
}

/** Every second day of a month stumbles where the next month begins. */
function evenly(instants: readonly Instant[]): readonly Instant[] {
  const widest = Math.max(...instants.slice(1).map((instant, place) => instant - (instants[place] ?? 0)));
  return instants.filter((instant, place) => place === 0 || instant - (instants[place - 1] ?? 0) > widest * 0.75);
}

function named(instants: readonly Instant[]): readonly Tick[] {
  const [first = 0, second = first] = instants;
  return instants.map((value) => ({ value, text: timeTickText(value, (second - first) / 1000) }));
}

function timeTickText(instant: Instant, stepSeconds: number): string {
  if (stepSeconds >= 28 * daySeconds) return monthText(instant);
  if (stepSeconds >= 5 * daySeconds) return monthDayText(instant);
  const isMidnight = instant % (daySeconds * 1000) === 0;
  return stepSeconds >= daySeconds || isMidnight ? dayText(instant) : hourText(instant);
}

/** Multiples of one round duration, up to the longest. */
export function evenDurationTicks(longestSeconds: number): readonly Tick[] {
  const step = durations.find((duration) => longestSeconds / duration <= 8) ?? longestSeconds / 4;
  const count = Math.floor(longestSeconds / step);
  return Array.from({ length: count + 1 }, (_, place) => durationTick(place * step));
}

/** Round durations, so far from each other, in percent of the axis, that their names don't touch. */
export function growingDurationTicks(longestSeconds: number, across: Place): readonly Tick[] {
  const kept = [0];
  for (const duration of durations.filter((each) => each <= longestSeconds)) {
    // The last name stands left of its place, to stay on the page.
    const leastPercent = across(duration) > 95 ? 15 : 10;
    if (across(duration) - across(kept.at(-1) ?? 0) >= leastPercent) kept.push(duration);
  }
  return kept.map(durationTick);
}

/** `90 s` would be `1 min 30 s` elsewhere; on an axis there is room for one unit. */
function durationTick(value: number): Tick {
  const units = [
    [daySeconds, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ] as const;
  const [seconds, unit] = units.find(([each]) => value >= each && value % each === 0) ?? [1, 's'];
  return { value, text: value === 0 ? '0' : `${value / seconds}\u00a0${unit}` };
}
