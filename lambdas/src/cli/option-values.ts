import { InvalidArgumentError } from 'commander';
import { HabitError, type HabitSettings, parseHabits } from '../fakes/github/habits.ts';

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

/** NaN for what is no plain number; an empty text, say from a variable that nobody set, is none. */
const wholeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);
