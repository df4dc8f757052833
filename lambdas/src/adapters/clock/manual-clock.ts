import { after, type Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import { firstIndex } from '../memory/first-index.ts';

export interface ManualClockOptions {
  readonly start?: Instant;
  /** The same seed draws the same fractions and ids, in the same order. */
  readonly seed?: number;
}

/** Time that stands still until it is told to move, for tests and simulation. */
export interface ManualClock extends Clock {
  /** Moves on, stopping at each sleeper on the way; resolves once all that they did at once is done. */
  advance(seconds: number): Promise<void>;
  /** When the next sleeper wakes; undefined: none sleeps. */
  nextWakeAt(): Instant | undefined;
}

interface Sleeper {
  readonly wakeAt: Instant;
  readonly wake: () => void;
}

export function manualClock(options: ManualClockOptions = {}): ManualClock {
  const fraction = fractions(options.seed ?? 1);
  // A stream of its own, so that one more id does not change every draw after it.
  const idFraction = fractions((options.seed ?? 1) ^ 0x1d);
  let now = options.start ?? Date.UTC(2026, 0, 1);
  const sleepers: Sleeper[] = [];

  const sleep = async (seconds: number): Promise<void> => {
    if (seconds <= 0) return;
    const wakeAt = after(now, seconds);
    // Behind those of the same instant, so that they wake in the order in which they fell asleep.
    const index = firstIndex(sleepers, (other) => other.wakeAt > wakeAt);
    await new Promise<void>((wake) => sleepers.splice(index, 0, { wakeAt, wake }));
  };

  const advance = async (seconds: number): Promise<void> => {
    const end = after(now, seconds);
    await drained();
    for (let next = sleepers[0]; next !== undefined && next.wakeAt <= end; next = sleepers[0]) {
      sleepers.shift();
      now = Math.max(now, next.wakeAt);
      next.wake();
      await drained();
    }
    now = Math.max(now, end);
  };

  return {
    now: () => now,
    sleep,
    fraction,
    id: () => idOf(idFraction),
    advance,
    nextWakeAt: () => sleepers[0]?.wakeAt,
  };
}

/** An immediate runs after every microtask, and after those that these started. */
const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Mulberry32: small, and even enough for jitter and dice. */
function fractions(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Looks like a UUID, as the real clock's ids do. */
function idOf(fraction: () => number): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => Math.floor(fraction() * 16).toString(16)).join('');
  return [8, 4, 4, 4, 12].map(digits).join('-');
}
