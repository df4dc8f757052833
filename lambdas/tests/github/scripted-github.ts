import { generateKeyPairSync } from 'node:crypto';
import { githubForge } from '../../src/adapters/forge/github/github-forge.ts';
import type { GithubForgeOptions } from '../../src/adapters/forge/github/options.ts';
import { type MemoryLog, memoryLog } from '../../src/adapters/log/memory-log.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Forge, RunnerSpec } from '../../src/ports/forge.ts';

/** A key as GitHub gives it to an App. */
export const testKey: string = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
}).privateKey;

export const testToken = 'ghs_aTokenThatNobodyMaySee0123456789';
export const testSecrets = ['current-secret', 'previous-secret'] as const;
export const startAt: number = Date.UTC(2026, 8, 1, 10);

export const testSpec: RunnerSpec = {
  ...{ name: 'one', scope: 'org:acme', labels: ['linux'], runnerGroup: 'Default', ephemeral: true, app: 'app-7' },
};

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type Script = Readonly<Record<string, (request: SeenRequest) => ScriptedAnswer>>;

export interface ScriptedGithub {
  readonly forge: Forge;
  readonly clock: Clock;
  readonly log: MemoryLog;
  /** `METHOD path` of every request, without what authentication asks for. */
  readonly asked: readonly string[];
  readonly requests: readonly SeenRequest[];
}

/** Time in which every sleeper wakes at once, and it is then as late as it wanted to wake. */
export function leapingClock(): Clock {
  let now = startAt;
  let ids = 0;
  return {
    now: () => now,
    async sleep(seconds) {
      now += seconds * 1000;
    },
    fraction: () => 0.5,
    id: () => `id-${++ids}`,
  };
}

const isAuthentication = /\/(?:installation|access_tokens)$/;

/** The adapter on a `fetch` that answers by `METHOD path`, where `/installation` and its tokens have usual answers. */
export function scriptedGithub(script: Script, options: Partial<GithubForgeOptions> = {}): ScriptedGithub {
  const requests: SeenRequest[] = [];
  const asked: string[] = [];
  const fetch = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const request = seen(input, init);
    requests.push(request);
    const key = `${request.method} ${request.path}`;
    if (!isAuthentication.test(request.path)) asked.push(key);
    const { status = 200, headers = {}, body } = (script[key] ?? usual(request.path))(request);
    const type = typeof body === 'string' ? 'text/html' : 'application/json; charset=utf-8';
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new Response(status === 204 ? null : text, { status, headers: { 'content-type': type, ...headers } });
  };
  const clock = options.clock ?? leapingClock();
  const log = memoryLog();
  const forge = githubForge({
    url: 'https://ghe.example.com',
    apps: [{ id: 7, privateKey: testKey }],
    webhookSecrets: testSecrets,
    log,
    fetch: fetch as typeof globalThis.fetch,
    ...options,
    clock,
  });
  return { forge, clock, log, asked, requests };
}

function seen(input: unknown, { method = 'GET', headers, body }: RequestInit): SeenRequest {
  const url = new URL(String(input));
  return {
    method,
    path: url.pathname.replace('/api/v3', ''),
    query: Object.fromEntries(url.searchParams),
    headers: new Headers(headers),
    body: typeof body === 'string' ? JSON.parse(body) : undefined,
  };
}

const usual =
  (path: string) =>
  ({ headers }: SeenRequest): ScriptedAnswer => {
    if (path.endsWith('/installation')) return { body: { id: headers.get('authorization') ? 70 : 0 } };
    if (!path.endsWith('/access_tokens')) return { status: 404, body: { message: 'Not Found' } };
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    return { status: 201, body: { token: testToken, expires_at, permissions: {} } };
  };
