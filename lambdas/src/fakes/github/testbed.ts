import { createSign, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach } from '@jest/globals';
import { type FakeGithub, type FakeGithubOptions, fakeGithub } from './fake-github.ts';

// One folder for all tests of a file: making an RSA key takes longer than most of them.
const dataFolder = mkdtempSync(path.join(tmpdir(), 'fake-github-'));
const opened: (() => Promise<void>)[] = [];

// A test that fails half-way leaves nothing behind either.
afterEach(async () => {
  await Promise.all(opened.splice(0).map((stop) => stop()));
});
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

export const webhookSecret = 'a secret';

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect to be there
  readonly body: any;
  readonly headers: Headers;
}

export interface Received {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  readonly action: string;
  readonly jobId: number;
}

/** A fake GitHub with everyone who talks to it; stopped after the test. */
export interface Testbed {
  readonly fake: FakeGithub;
  /** What came in at the webhook. */
  readonly received: readonly Received[];
  /** What the webhook answers from now on. */
  answerHooksWith(status: number): void;
  /** As the installation in `acme`. */
  api(method: string, path: string, body?: unknown): Promise<Reply>;
  /** As the App. */
  app(method: string, path: string, body?: unknown): Promise<Reply>;
  /** With any token, or none. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Reply>;
  jwt(claims?: Readonly<Record<string, unknown>>): string;
  /** Registers a runner in `acme`, or elsewhere, and speaks for it. */
  runner(name: string, labels?: readonly string[], place?: string): Promise<TestRunner>;
}

export interface TestRunner {
  readonly id: number;
  connect(): Promise<Reply>;
  message(): Promise<Reply>;
  acquire(jobId: number): Promise<Reply>;
  finish(jobId: number, conclusion?: string): Promise<Reply>;
}

export async function testbed(options: Partial<FakeGithubOptions> = {}): Promise<Testbed> {
  const hook = await webhookReceiver();
  opened.push(hook.stop);
  const fake = await fakeGithub({ webhookSecret, dataFolder, webhookUrl: hook.url, ...options });
  opened.push(fake.stop);
  const now = options.clock?.now ?? Date.now;
  const jwt = (claims = {}): string => signedJwt(fake, now(), claims);
  const call = (method: string, path: string, body?: unknown, token?: string): Promise<Reply> =>
    exchange(`${fake.url}${path}`, method, body, token);
  const app: Testbed['app'] = (method, path, body) => call(method, path, body, jwt());

  const installed = await app('POST', `/app/installations/${fake.installationId('acme')}/access_tokens`);
  const api: Testbed['api'] = (method, path, body) => call(method, path, body, installed.body.token);
  return {
    fake,
    received: hook.received,
    answerHooksWith: hook.answerWith,
    api,
    app,
    call,
    jwt,
    async runner(name, labels = ['self-hosted', 'linux', 'x64'], place = '/orgs/acme') {
      const body = { name, runner_group_id: 1, labels };
      const made = await api('POST', `${place}/actions/runners/generate-jitconfig`, body);
      return testRunner(fake, made.body.runner.id, made.body.encoded_jit_config);
    },
  };
}

function testRunner({ url }: FakeGithub, id: number, jitConfig: string): TestRunner {
  const { token } = JSON.parse(Buffer.from(jitConfig, 'base64').toString('utf8'));
  const say = (method: string, verb: string, body?: unknown): Promise<Reply> =>
    exchange(`${url}/_runner/${verb}`, method, body, token);
  const sessionId = randomUUID();
  return {
    id,
    connect: () => say('POST', 'session', { sessionId, os: 'Linux' }),
    message: () => say('GET', 'message'),
    acquire: (jobId) => say('POST', 'acquire', { jobId }),
    finish: (jobId, conclusion = 'success') => say('POST', 'finish', { jobId, conclusion }),
  };
}

async function exchange(url: string, method: string, body?: unknown, token?: string): Promise<Reply> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    ...(sent !== undefined && { body: sent }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
}

/** Made by hand, so that the fake is not checked by its own code. */
function signedJwt(fake: FakeGithub, now: number, claims: object): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const seconds = Math.floor(now / 1000);
  const usual = { iss: fake.appId, iat: seconds - 30, exp: seconds + 300, jti: randomUUID() };
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ ...usual, ...claims })}`;
  const signature = createSign('RSA-SHA256').update(unsigned).sign(readFileSync(fake.appKeyFile), 'base64url');
  return `${unsigned}.${signature}`;
}

interface WebhookReceiver {
  readonly url: string;
  readonly received: readonly Received[];
  answerWith(status: number): void;
  stop(): Promise<void>;
}

async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let status = 202;
  const server = createServer(async (request, response) => {
    const text = await request
      .setEncoding('utf8')
      .toArray()
      .then((chunks) => chunks.join(''));
    const { action, workflow_job } = JSON.parse(text);
    received.push({ headers: request.headers as Received['headers'], text, action, jobId: workflow_job.id });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    answerWith(next) {
      status = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
