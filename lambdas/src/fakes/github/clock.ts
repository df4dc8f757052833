import type { Instant } from '../../core/instant.ts';

/** Time as the fake sees it; tests pass one that they move by hand. */
export interface FakeClock {
  now(): Instant;
  /** Runs `action` once after so many seconds, unless the returned function is called before. */
  later(seconds: number, action: () => void): () => void;
}

export interface StoppableClock extends FakeClock {
  /** Forgets every action that has not run, and those that are still asked for. */
  stop(): void;
}

/** Real time, whose open timers can all be dropped at once. */
export function systemClock(): StoppableClock {
  const open = new Set<NodeJS.Timeout>();
  let stopped = false;
  return {
    now: () => Date.now(),
    later(seconds, action) {
      if (stopped) return () => {};
      const timer = setTimeout(() => {
        open.delete(timer);
        action();
      }, seconds * 1000);
      open.add(timer);
      return () => {
        clearTimeout(timer);
        open.delete(timer);
      };
    },
    stop() {
      stopped = true;
      for (const timer of open) clearTimeout(timer);
      open.clear();
    },
  };
}

export interface ManualClock extends StoppableClock {
  /** Moves time on, and runs what falls due on the way, in order. */
  advance(seconds: number): void;
}

/** Time that stands still until it is moved. */
export function manualClock(startAt: Instant = Date.now()): ManualClock {
  const due = new Map<number, { readonly at: Instant; readonly action: () => void }>();
  let now = startAt;
  let lastId = 0;
  return {
    now: () => now,
    later(seconds, action) {
      const id = ++lastId;
      due.set(id, { at: now + seconds * 1000, action });
      return () => void due.delete(id);
    },
    advance(seconds) {
      const end = now + seconds * 1000;
      for (;;) {
        const [next] = [...due].filter(([, entry]) => entry.at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (!next) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].action();
      }
      now = end;
    },
    stop: () => due.clear(),
  };
}
