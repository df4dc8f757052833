import type { Instant } from '../../core/instant.ts';

export interface TokenBucket {
  /** Takes that many, if they are there. */
  take(now: Instant, count?: number): boolean;
  /** Seconds until that many are there. */
  secondsUntil(now: Instant, count?: number): number;
}

/** AWS's way to limit calls: so many at once, refilled at that rate. */
export function tokenBucket(size: number, perSecond: number): TokenBucket {
  let tokens = size;
  let filledAt: Instant | undefined;
  const fill = (now: Instant): void => {
    tokens = Math.min(size, tokens + ((now - (filledAt ?? now)) / 1000) * perSecond);
    filledAt = now;
  };
  return {
    take(now, count = 1) {
      fill(now);
      if (tokens < count) return false;
      tokens -= count;
      return true;
    },
    secondsUntil(now, count = 1) {
      fill(now);
      return Math.max(0, (count - tokens) / perSecond);
    },
  };
}

/** So many are forgotten at once, as each time moves all others. */
const forgetAfter = 10_000;

/** GitHub's way: at most so many in any window of that length. */
export function slidingWindow(limit: number, seconds: number): TokenBucket {
  const taken: Instant[] = [];
  let first = 0;
  const forget = (now: Instant): void => {
    while (first < taken.length && (taken[first] as Instant) <= now - seconds * 1000) first += 1;
    if (first <= forgetAfter) return;
    taken.splice(0, first);
    first = 0;
  };
  return {
    take(now, count = 1) {
      forget(now);
      if (taken.length - first + count > limit) return false;
      for (let i = 0; i < count; i++) taken.push(now);
      return true;
    },
    secondsUntil(now, count = 1) {
      forget(now);
      const blocking = taken[taken.length - limit + count - 1];
      return blocking === undefined || taken.length - first + count <= limit ? 0 : (blocking - now) / 1000 + seconds;
    },
  };
}
