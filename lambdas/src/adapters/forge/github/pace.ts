import { ThrottledError } from '../../../core/errors.ts';
import { after, ageSeconds } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';

/** What the throttling plugin asks of a Bottleneck group. */
export interface Group {
  key(id: string): {
    schedule<A extends unknown[], T>(job: object, run: (...args: A) => Promise<T>, ...args: A): Promise<T>;
  };
}

/** Lets them start one after the other, at most so many a second; refuses those that would wait too long. */
export function spaced(clock: Clock, perSecond: number, patienceSeconds: number): Group {
  let nextAt = 0;
  return {
    key: () => ({
      async schedule(_job, run, ...args) {
        const now = clock.now();
        const startAt = Math.max(now, nextAt);
        const waitSeconds = ageSeconds(now, startAt);
        if (waitSeconds > patienceSeconds) {
          throw new ThrottledError(`Writes wait longer than ${patienceSeconds} s for their turn`, { retryAt: startAt });
        }
        nextAt = after(startAt, 1 / perSecond);
        if (waitSeconds > 0) await clock.sleep(waitSeconds);
        return run(...args);
      },
    }),
  };
}

/** Lets so many run at once; the others wait in order. */
export function atOnce(limit: number): Group {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    key: () => ({
      async schedule(_job, run, ...args) {
        // A turn is handed on rather than given back, so that nobody slips in between.
        if (running >= limit) await new Promise<void>((start) => waiting.push(start));
        else running += 1;
        try {
          return await run(...args);
        } finally {
          const next = waiting.shift();
          if (next) next();
          else running -= 1;
        }
      },
    }),
  };
}
