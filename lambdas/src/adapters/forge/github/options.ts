import { createPrivateKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '../../../core/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import { secretProblems } from '../signature.ts';
import { webUrlOf } from './api-url.ts';

export interface GithubApp {
  readonly id: number;
  /** PEM, PKCS#1 or PKCS#8; its newlines may be written as `\n`. */
  readonly privateKey: string;
}

export interface GithubForgeOptions {
  /** Where people open it: `https://github.com`, `https://acme.ghe.com`, `https://ghe.example.com`. */
  readonly url: string;
  /** Each has limits of its own. */
  readonly apps: readonly GithubApp[];
  /** The current one, and during a rotation the previous one too. */
  readonly webhookSecrets: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch?: typeof globalThis.fetch;
  /** One attempt of one request, body included. */
  readonly timeoutSeconds?: number;
  /** How long one request may wait in all for limits to pass, before it is refused as throttled. */
  readonly patienceSeconds?: number;
  /** GitHub counts 5 of its 900 points a minute for a write; a forge with other limits may take more. */
  readonly writesPerSecond?: number;
  /** How many pages of deliveries one call of `missedEvents` reads for each App. */
  readonly deliveryPagesLimit?: number;
}

/** The options, complete and known to be usable. */
export interface GithubSettings extends Required<Omit<GithubForgeOptions, 'apps'>> {
  readonly apps: readonly { readonly id: number; readonly name: string; readonly key: KeyObject }[];
}

/** Checks everything at once. Throws `ConfigError`; its problems name options and never show a secret. */
export function settingsOf(options: GithubForgeOptions): GithubSettings {
  const problems = [...urlProblems(options.url), ...secretProblems(options.webhookSecrets)];
  if (options.apps.length === 0) problems.push('apps is empty: give the id and the private key of a GitHub App');
  const apps = options.apps.map((app, i) => ({ id: app.id, name: `app-${app.id}`, key: keyOf(app, i, problems) }));
  for (const [i, { id }] of apps.entries()) {
    if (!Number.isSafeInteger(id) || id < 1) problems.push(`apps[${i}].id is not the number of a GitHub App`);
    if (apps.findIndex((app) => app.id === id) < i) problems.push(`apps[${i}].id is there twice`);
  }
  if ((options.deliveryPagesLimit ?? 2) < 2)
    problems.push('deliveryPagesLimit is less than 2: a list is gone through in steps that overlap');
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    fetch: globalThis.fetch,
    timeoutSeconds: 10,
    patienceSeconds: 60,
    writesPerSecond: 3,
    deliveryPagesLimit: 10,
    ...options,
    url: webUrlOf(options.url),
    apps: apps.flatMap(({ key, ...app }) => (key ? [{ ...app, key }] : [])),
  };
}

function urlProblems(url: string): string[] {
  if (/^https?:\/\//.test(url.trim()) && URL.canParse(url)) return [];
  return ['url is not an address: write it as you open it in a browser, e.g. https://github.com'];
}

function keyOf(app: GithubApp, index: number, problems: string[]): KeyObject | undefined {
  try {
    const key = createPrivateKey(app.privateKey.replaceAll('\\n', '\n'));
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {
    // Told below; the parser's own words could quote the key.
  }
  problems.push(
    `apps[${index}].privateKey is not an RSA private key in PEM: paste the whole file that GitHub gave you`,
  );
  return undefined;
}
