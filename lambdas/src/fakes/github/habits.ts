import type { Chance } from './chance.ts';

/** Each way in which the fake may behave as badly as GitHub has been seen to, and how often it then does. */
const usual = {
  /** `busy` reads false for a while after a start, or flips to false in the middle of a job. */
  staleBusy: 0.2,
  /** The registration stays, and reads busy, for a while after its job. */
  busyAfterDone: 0.2,
  /** DELETE answers 204 although the runner runs a job; the job finishes there. */
  deleteWhileBusy: 0.1,
  /** 409 for a name that nobody has. */
  nameTaken: 0.05,
  /** A new runner or job answers 404, and is missing from lists, for a while. */
  notFoundLag: 0.1,
  /** 403 or 429 with `retry-after: 1`. */
  secondaryLimits: 0.05,
  lateEvents: 0.1,
  /** Never sent, and not in the list of deliveries either. */
  lostEvents: 0.05,
  /** Recorded as a failed delivery; nobody sends it again unasked. */
  failedEvents: 0.05,
  doubledEvents: 0.1,
  disorderedEvents: 0.1,
  /** 502, before or after the call took effect. */
  serverErrors: 0.05,
  /** A listener whose registration is gone goes on listening, without ever getting a job. */
  ghosts: 0.1,
  /** A job whose runner is deleted before it acquired the job is queued again only after a minute. */
  slowRequeue: 0.5,
} as const satisfies Record<string, number>;

export type HabitName = keyof typeof usual;

/** `true`: as often as usual; a number: with that probability. */
export type HabitSettings = Partial<Record<HabitName | 'all', boolean | number>>;

export const habitNames = Object.keys(usual) as readonly HabitName[];

/** A name that is no habit, or a value that is no probability. */
export class HabitError extends Error {
  override readonly name = 'HabitError';
}

export interface Habits {
  set(settings: HabitSettings): void;
  /** Draws: does it happen this time? */
  strikes(name: HabitName): boolean;
  /** 0 ≤ x < 1, for how long or which way. */
  fraction(): number;
  /** The probabilities now. */
  current(): Readonly<Record<HabitName, number>>;
}

/** All habits off, until they are set. */
export function habits(chance: Chance): Habits {
  const probability = Object.fromEntries(habitNames.map((name) => [name, 0])) as Record<HabitName, number>;
  return {
    set(settings) {
      const changes = Object.entries(settings).flatMap(([name, value]) => changesOf(name, value));
      for (const [name, value] of changes) probability[name] = value;
    },
    strikes: (name) => chance.happens(probability[name]),
    fraction: chance.fraction,
    current: () => ({ ...probability }),
  };
}

/** `lateEvents,lostEvents=0.5` as the command line takes it. */
export function parseHabits(list: string): HabitSettings {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [name = '', value] = entry.split('=');
      return [name, value === undefined ? true : Number(value)] as const;
    });
  for (const [name, value] of entries) changesOf(name, value);
  return Object.fromEntries(entries);
}

function changesOf(name: string, value: unknown): readonly (readonly [HabitName, number])[] {
  const names = name === 'all' ? habitNames : habitNames.filter((known) => known === name);
  if (names.length === 0) throw new HabitError(unknownHabit(name));
  return names.map((known) => [known, probabilityOf(known, value)]);
}

function probabilityOf(name: HabitName, value: unknown): number {
  if (value === true) return usual[name];
  if (value === false) return 0;
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new HabitError(
    `Habit ${name}: expected true, false or a probability from 0 to 1, not ${JSON.stringify(value)}.`,
  );
}

function unknownHabit(name: string): string {
  const [nearest] = [...habitNames].sort((a, b) => distance(name, a) - distance(name, b));
  return `Unknown habit "${name}". Did you mean "${nearest}"? Known are: all, ${habitNames.join(', ')}.`;
}

/** How many letters must change to make one word of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...from.toLowerCase()].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to.toLowerCase()].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
