import { createAppAuth } from '@octokit/auth-app';
import { Octokit, type OctokitOptions } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { apiUrlOf } from './api-url.ts';
import { appJwt } from './app-jwt.ts';
import type { GithubSettings } from './options.ts';
import { appThrottle } from './throttle.ts';
import { refusalOf, translateError, withoutSecrets } from './translate-error.ts';
import { wholeFetch } from './whole-fetch.ts';

export interface Answer {
  readonly status: number;
  readonly data: unknown;
  /** GitHub's words for a refusal that was expected. */
  readonly words: string;
  readonly link: string | undefined;
}

/** One request. Throws our errors, except for the statuses that the caller expects as an answer. */
export type Ask = (
  route: string,
  parameters?: Readonly<Record<string, unknown>>,
  expected?: readonly number[],
) => Promise<Answer>;

/** One GitHub App: its name in budgets, and the two ways in which it speaks. */
export interface AppClient {
  readonly name: string;
  readonly asApp: Ask;
  asInstallation(id: number): Ask;
  /** Drops the installation's token, which may have been withdrawn, or lack what was granted since. */
  forgetInstallation(id: number): void;
}

// Retry inside, throttling outside: a refusal for limits passes through the first and is waited for by the second.
const LimitedOctokit = Octokit.plugin(retry, throttling).defaults({ userAgent: 'ci-runners' });

/** Refusals to which asking again brings the same; 409 and 429 are ours to judge, not the plugin's. */
const doNotRetry = [400, 401, 403, 404, 409, 410, 422, 429, 451];

export function appClient(settings: GithubSettings, app: GithubSettings['apps'][number]): AppClient {
  const { clock, log } = settings;
  const quiet = quietLog(log);
  const auth = { appId: app.id, createJwt: appJwt(app.id, app.key, clock) };
  const options: OctokitOptions = {
    baseUrl: apiUrlOf(settings.url),
    request: { fetch: wholeFetch(settings.fetch, settings.timeoutSeconds), log: quiet },
    log: quiet,
    throttle: appThrottle(app.name, settings),
    retry: { doNotRetry, retries: 2 },
    authStrategy: createAppAuth,
  };
  const installed = new Map<number, Ask>();
  return {
    name: app.name,
    asApp: askWith(new LimitedOctokit({ ...options, auth }), clock),
    asInstallation(id) {
      // One client an installation, because the client holds the installation's token.
      const ask =
        installed.get(id) ?? askWith(new LimitedOctokit({ ...options, auth: { ...auth, installationId: id } }), clock);
      installed.set(id, ask);
      return ask;
    },
    forgetInstallation: (id) => void installed.delete(id),
  };
}

const askWith =
  (octokit: Octokit, clock: Clock): Ask =>
  async (route, parameters = {}, expected = []) => {
    // A write without an answer may have taken effect, so it is not sent twice.
    const request = route.startsWith('GET ') ? {} : { request: { retries: 0 } };
    const headers = { 'x-github-api-version': '2022-11-28' };
    try {
      const { status, data, headers: answered } = await octokit.request(route, { ...parameters, ...request, headers });
      return { status, data, words: '', link: answered.link };
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      // A token that is refused says nothing about what was asked for: its 404 must not read as "absent".
      if (refusal?.answered && !refusal.ofToken && expected.includes(refusal.status)) {
        return { status: refusal.status, data: undefined, words: refusal.words, link: undefined };
      }
      throw translateError(thrown, pathOf(octokit, route, parameters), clock.now());
    }
  };

/** The route with its names filled in, as a person can look it up. */
function pathOf(octokit: Octokit, route: string, parameters: Readonly<Record<string, unknown>>): string {
  const { method, url } = octokit.request.endpoint(route, parameters);
  return `${method} ${new URL(url).pathname}`;
}

/** Octokit's own log lines, of which only the warnings are ours to see. */
function quietLog(log: Log) {
  const warn = (message: string): void => log.warn('octokit', { words: withoutSecrets(String(message)) });
  return { debug: () => undefined, info: () => undefined, warn, error: warn };
}
