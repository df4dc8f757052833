import type { OctokitOptions } from '@octokit/core';
import type { GithubSettings } from './options.ts';
import { atOnce, spaced } from './pace.ts';

/** GitHub's secondary limit on requests in flight. */
const inFlightLimit = 100;

/** More than this many refusals of one request are not waited for, however short they are. */
const refusalsLimit = 3;

/**
 * How one App keeps GitHub's limits: an own pace in place of the plugin's one write a second for the whole process, and
 * waits as GitHub asks, up to the caller's patience. The callbacks have to answer true, or nothing is tried again.
 */
export function appThrottle(
  app: string,
  settings: Pick<GithubSettings, 'clock' | 'log' | 'patienceSeconds' | 'writesPerSecond'>,
): NonNullable<OctokitOptions['throttle']> {
  const { clock, log, patienceSeconds, writesPerSecond } = settings;
  const waited = new WeakMap<object, number>();
  const worthWaiting =
    (limit: string) =>
    (retryAfter: number, request: { method: string; url: string }, _octokit: unknown, retryCount: number): boolean => {
      const total = (waited.get(request) ?? 0) + retryAfter;
      waited.set(request, total);
      const again = retryCount < refusalsLimit && total <= patienceSeconds;
      log.warn('GitHub asks to wait', { app, limit, retryAfterSeconds: retryAfter, route: routeOf(request), again });
      return again;
    };
  const groups = { write: spaced(clock, writesPerSecond, patienceSeconds), global: atOnce(inFlightLimit) };
  const callbacks = { onRateLimit: worthWaiting('primary'), onSecondaryRateLimit: worthWaiting('secondary') };
  // The plugin takes any groups with `key().schedule()`; its types ask for Bottleneck's own, and leave out `global`.
  return { id: app, ...callbacks, ...(groups as object) };
}

const routeOf = (request: { method: string; url: string }): string =>
  `${request.method} ${request.url.split('?')[0]?.replace(/^https?:\/\/[^/]+/, '')}`;
