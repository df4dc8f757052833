import type { StoppableClock } from './clock.ts';

/** Those who wait for something to become true. */
export interface Watchers {
  until(condition: () => boolean): Promise<void>;
  /** Something may have changed. */
  look(): void;
}

export function watchers(): Watchers {
  const waiting = new Set<() => void>();
  return {
    until(condition) {
      if (condition()) return Promise.resolve();
      return new Promise((resolve) => {
        const check = (): void => {
          if (!condition()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
      });
    },
    look() {
      for (const check of [...waiting]) check();
    },
  };
}

/** The clock, whose timers are looked at when they have run. */
export function watchedClock(clock: StoppableClock, look: () => void): StoppableClock {
  const later: StoppableClock['later'] = (seconds, action) =>
    clock.later(seconds, () => {
      action();
      look();
    });
  return { now: clock.now, stop: clock.stop, later };
}
