import { InvalidArgumentError } from 'commander';
import { nearestName } from '../core/nearest.ts';
import { HabitError, type HabitSettings, parseHabits } from '../fakes/github/habits.ts';
import { everyFault } from '../simulator/faults/every-fault.ts';
import type { WantedFaults } from '../simulator/plan/scenario.ts';
import { workloadNames } from '../simulator/workloads/synthetic-workload.ts';

/** What people write behind an option, read once for every sub-command. Each says what it expected. */
export function portOf(text: string): number {
  const port = wholeOf(text);
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a whole number from 0 to 65535.');
}

export function urlOf(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new InvalidArgumentError('Expected an http or https address.');
}

export function factorOf(text: string): number {
  const factor = Number(text);
  if (factor >= 1 && Number.isFinite(factor)) return factor;
  throw new InvalidArgumentError('Expected a number from 1 on.');
}

export function habitsOf(text: string): HabitSettings {
  try {
    return parseHabits(text);
  } catch (error) {
    throw error instanceof HabitError ? new InvalidArgumentError(error.message) : error;
  }
}

export function countOf(text: string): number {
  const count = wholeOf(text);
  if (count >= 1 && count <= 100_000) return count;
  throw new InvalidArgumentError('Expected a whole number from 1 to 100000.');
}

const jobsLimit = 5_000_000;

export function jobsOf(text: string): number {
  const count = wholeOf(text);
  if (count >= 1 && count <= jobsLimit) return count;
  throw new InvalidArgumentError('Expected a whole number from 1 to 5000000.');
}

/** Chance is drawn from 32 bits: a larger one would be a smaller one under another name. */
export function seedOf(text: string): number {
  const seed = wholeOf(text);
  if (seed < 2 ** 32) return seed;
  throw new InvalidArgumentError('Expected a whole number from 0 to 4294967295.');
}

export function secondsOf(text: string): number {
  const seconds = numberOf(text);
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('Expected seconds, above 0 and up to 86400.');
}

export function probabilityOf(text: string): number {
  const probability = numberOf(text);
  if (probability >= 0 && probability <= 1) return probability;
  throw new InvalidArgumentError('Expected a number from 0 to 1.');
}

/** One value each time that the option stands there. */
export const oneMore = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export const workloadOf = (text: string): string => knownOf(text, workloadNames);

const faultNamesOf = (text: string): readonly string[] =>
  text.split(',').map((name) =>
    knownOf(
      name,
      everyFault.map((fault) => fault.name),
    ),
  );

/** Places of a workload, from 1 on, as in `3,7,9-12`. */
export function placesOf(text: string): readonly number[] {
  if (text === 'none') return [];
  const places = text.split(',').flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(wholeOf);
    return from >= 1 && from <= to && part.split('-').length <= 2 && to <= jobsLimit
      ? Array.from({ length: to - from + 1 }, (_, place) => from + place)
      : [Number.NaN];
  });
  if (!places.some(Number.isNaN)) return places;
  throw new InvalidArgumentError('Expected places from 1 on, as in 3,7,9-12, or none.');
}

export const onlyFaultsOf = (text: string): readonly string[] => (text === 'none' ? [] : faultNamesOf(text));

export function faultsOf(text: string): WantedFaults {
  return text === 'none' || text === 'light' || text === 'heavy' ? text : faultNamesOf(text);
}

function knownOf(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const meant = nearestName(name, names);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new InvalidArgumentError(`There is no ${JSON.stringify(name)}.${hint} Expected one of: ${names.join(', ')}.`);
}

/** NaN for what is no plain number; an empty text, say from a variable that nobody set, is none. */
const wholeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

/** A decimal without a sign, or NaN. */
const numberOf = (text: string): number => (/^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN);
