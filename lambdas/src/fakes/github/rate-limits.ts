import type { Instant } from '../../core/instant.ts';
import type { FakeClock } from './clock.ts';
import type { Durations } from './durations.ts';

export interface Limits {
  /** Requests of one installation, or of the App itself, in an hour. */
  readonly primary: number;
  /** Points of one endpoint in a minute: 1 for a read, 5 for a write. */
  readonly points: number;
  /** Requests at one time. */
  readonly concurrent: number;
  /** New runners of one organization, repository or enterprise in five minutes. */
  readonly registrations: number;
}

export const githubLimits: Limits = { primary: 5000, points: 900, concurrent: 100, registrations: 1500 };

export interface Budget {
  readonly limit: number;
  readonly used: number;
  readonly resetAt: Instant;
  /** The request that took from it came too late. */
  readonly exceeded: boolean;
}

export interface RateLimits {
  /** Takes one request from the primary budget. */
  takeRequest(who: string): Budget;
  /** The primary budget as it is. */
  budget(who: string): Budget;
  /** Seconds to wait; 0: go on. */
  takePoints(endpoint: string, points: number): number;
  takeRegistration(scope: string): number;
  /** False: too many at one time. */
  enter(): boolean;
  leave(): void;
}

interface Window {
  startedAt: Instant;
  used: number;
}

/** GitHub's budgets, each in windows of its own length. */
export function rateLimits(clock: FakeClock, durations: Durations, limits: Limits): RateLimits {
  const windows = new Map<string, Window>();
  let concurrent = 0;

  const windowOf = (key: string, seconds: number): Window => {
    const window = windows.get(key);
    if (window && clock.now() < window.startedAt + seconds * 1000) return window;
    const opened = { startedAt: clock.now(), used: 0 };
    windows.set(key, opened);
    return opened;
  };
  const take = (key: string, amount: number, limit: number, seconds: number): number => {
    const window = windowOf(key, seconds);
    if (window.used + amount > limit) return Math.ceil((window.startedAt - clock.now()) / 1000 + seconds) || 1;
    window.used += amount;
    return 0;
  };
  const primary = (who: string, amount: number): Budget => {
    const window = windowOf(`primary ${who}`, durations.primaryWindowSeconds);
    window.used += amount;
    const resetAt = window.startedAt + durations.primaryWindowSeconds * 1000;
    return { limit: limits.primary, used: window.used, resetAt, exceeded: amount > 0 && window.used > limits.primary };
  };

  return {
    takeRequest: (who) => primary(who, 1),
    budget: (who) => primary(who, 0),
    takePoints: (endpoint, points) => take(`points ${endpoint}`, points, limits.points, durations.pointsWindowSeconds),
    takeRegistration: (scope) =>
      take(`registrations ${scope.toLowerCase()}`, 1, limits.registrations, durations.registrationWindowSeconds),
    enter() {
      if (concurrent >= limits.concurrent) return false;
      concurrent += 1;
      return true;
    },
    leave() {
      concurrent -= 1;
    },
  };
}
