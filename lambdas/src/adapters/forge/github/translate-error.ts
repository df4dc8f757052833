import { DeniedError, MalformedError, messageOf, NotFoundError, ThrottledError } from '../../../core/errors.ts';
import { after, type Instant } from '../../../core/instant.ts';

/** GitHub did not do as asked, for a reason that nobody here knows better than to try again. */
export class GithubError extends Error {
  override readonly name = 'GithubError';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** What is looked at of an octokit error. The rest, above all the request's headers, goes no further. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** GitHub's own words, or the network's. */
  readonly words: string;
  /** False: no answer came. */
  readonly answered: boolean;
  /** It was the App's token that was refused, before the request itself was sent. */
  readonly ofToken: boolean;
}

const ours = [DeniedError, NotFoundError, ThrottledError, MalformedError, GithubError];
const tokens = /\b(?:gh[a-z]_|github_pat_|v1\.|eyJ)[\w.=-]{8,}|\b(?:bearer|token|basic)\s+\S{8,}|-----BEGIN[\s\S]*/gi;

/** Words from outside, short and without anything that looks like a credential. */
export const withoutSecrets = (words: string): string => words.replace(tokens, '[redacted]').slice(0, 300);

/** The refusal behind an octokit error; undefined for any other thrown value. */
export function refusalOf(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof Error) || !('status' in thrown) || typeof thrown.status !== 'number') return undefined;
  const { url = '' } = ('request' in thrown ? thrown.request : {}) as { url?: string };
  const ofToken = url.endsWith('/access_tokens');
  const response = 'response' in thrown ? (thrown.response as Partial<{ headers: object; data: unknown }>) : undefined;
  if (!response) {
    return { status: thrown.status, headers: {}, words: withoutSecrets(thrown.message), answered: false, ofToken };
  }
  // A body that is no JSON object may be a proxy's page, and repeat what was sent.
  const data = response.data as { message?: unknown } | null | undefined;
  const words = typeof data?.message === 'string' ? withoutSecrets(data.message) : '';
  return { status: thrown.status, headers: { ...response.headers }, words, answered: true, ofToken };
}

/** What was thrown by a request, as one of our errors, sorted by what to do about it. */
export function translateError(thrown: unknown, route: string, now: Instant): Error {
  const refusal = refusalOf(thrown);
  if (thrown instanceof Error && ours.some((kind) => thrown instanceof kind)) return thrown;
  if (!refusal) return new GithubError(`GitHub could not be asked ${route}: ${withoutSecrets(messageOf(thrown))}`, 0);
  const { status, words } = refusal;
  if (!refusal.answered) return new GithubError(`GitHub did not answer ${route}: ${words}`, status);

  const message = `GitHub answered ${status} to ${route}${words && `: ${words}`}${requestIdOf(refusal)}`;
  if (isLimit(refusal)) return throttled(message, refusal, now);
  if (status === 401) return new DeniedError(`${message}. Check the App's id and private key`);
  if (status === 403) return new DeniedError(`${message}. Check the App's permissions and where it is installed`);
  if (status === 404 && refusal.ofToken) return new DeniedError(`${message}. The App is no longer installed there`);
  if (status === 404) return new NotFoundError(message);
  return new GithubError(message, status);
}

function isLimit({ status, headers, words }: Refusal): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  const named = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
  return named || /\b(?:secondary rate|rate limit exceeded|abuse detection)\b/i.test(words);
}

function throttled(message: string, { headers }: Refusal, now: Instant): ThrottledError {
  const seconds = Number(headers['retry-after']);
  if (seconds > 0) return new ThrottledError(message, { retryAt: after(now, seconds) });
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && reset > 0)
    return new ThrottledError(message, { retryAt: reset * 1000 });
  // "Otherwise, wait for at least one minute before retrying", says GitHub's guide.
  return new ThrottledError(message, { retryAt: after(now, 60) });
}

const requestIdOf = ({ headers }: Refusal): string =>
  headers['x-github-request-id'] ? ` (request ${headers['x-github-request-id']})` : '';
