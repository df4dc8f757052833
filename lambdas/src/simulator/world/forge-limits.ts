import { ThrottledError } from '../../core/errors.ts';
import { after, type Instant } from '../../core/instant.ts';
import { slidingWindow, type TokenBucket } from './token-bucket.ts';

/** GitHub's documented limits, whoever asks. */
export interface ForgeLimits {
  /** Throws when the App has used up its hour. */
  read(app: string): void;
  /** Seconds to wait; 0: it was counted. With a scope it is a registration. */
  write(app: string, scope: string | undefined): number;
}

/** 900 points a minute and 5 a write; 1,500 registrations in 5 minutes an owner; 12,500 calls an hour for a large App. */
const writesAMinute = 180;
const registrations = { limit: 1500, seconds: 300 };
const callsAnHour = 12_500;

export function forgeLimits(now: () => Instant): ForgeLimits {
  const windows = new Map<string, TokenBucket>();
  const windowOf = (key: string, limit: number, seconds: number): TokenBucket => {
    const window = windows.get(key) ?? slidingWindow(limit, seconds);
    windows.set(key, window);
    return window;
  };
  const hourOf = (app: string): TokenBucket => windowOf(`hour ${app}`, callsAnHour, 3600);

  return {
    read(app) {
      const hour = hourOf(app);
      if (hour.take(now())) return;
      throw new ThrottledError('primary rate limit', { retryAt: after(now(), hour.secondsUntil(now())) });
    },
    write(app, scope) {
      const wanted = [hourOf(app), windowOf(`minute ${app}`, writesAMinute, 60)];
      if (scope !== undefined) wanted.push(windowOf(`scope ${scope}`, registrations.limit, registrations.seconds));
      const seconds = Math.max(...wanted.map((window) => window.secondsUntil(now())));
      if (seconds <= 0) for (const window of wanted) window.take(now());
      return seconds;
    },
  };
}
