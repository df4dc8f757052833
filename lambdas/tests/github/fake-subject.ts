import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { githubForge } from '../../src/adapters/forge/github/github-forge.ts';
import { memoryLog } from '../../src/adapters/log/memory-log.ts';
import type { Job } from '../../src/core/job.ts';
import { type FakeGithub, fakeGithub } from '../../src/fakes/github/fake-github.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Forge, RunnerGrant, WebhookRequest } from '../../src/ports/forge.ts';
import type { ForgeSubject } from '../contracts/forge-subject.ts';
import { testKey } from './scripted-github.ts';

const scope = 'org:acme';
const secrets = ['current-secret', 'previous-secret'] as const;

/** Kept for all subjects of a file, because making a key takes long. */
const dataFolder = mkdtempSync(path.join(tmpdir(), 'fake-github-'));
writeFileSync(path.join(dataFolder, 'app-key.pem'), testKey, { mode: 0o600 });
export const removeKey = (): void => rmSync(dataFolder, { recursive: true });

/** Real time, as the fake judges by it; nothing here waits. */
const clock: Clock = {
  now: () => Date.now(),
  sleep: async () => undefined,
  fraction: () => 0.5,
  id: () => crypto.randomUUID(),
};

/** Our adapter and the fake, with real HTTP between them in both ways. */
export async function fakeSubject(): Promise<ForgeSubject> {
  const receiver = await webhookReceiver();
  const limits = { points: 1_000_000, primary: 1_000_000 };
  const fake = await fakeGithub({ webhookUrl: receiver.url, webhookSecret: secrets[0], dataFolder, limits });
  const listeners = runnerListeners(fake.url);
  const forge = heard(adapterOf(fake), listeners.add);
  const register = (name: string, labels: readonly string[]): Promise<RunnerGrant> =>
    forge.createRunner({ name, scope, labels, runnerGroup: 'Default', ephemeral: true, app: forge.apps[0] ?? '' });

  return {
    ...{ forge, secrets, scope, repo: 'acme/app' },
    ...workflows(fake, receiver),
    async startJob(job, runnerName) {
      if (!listeners.has(runnerName)) await register(runnerName, job.labels);
      await listeners.take(runnerName, idOf(job));
    },
    finishJob: (job) => listeners.finish(idOf(job)),
    async seedRunners(names) {
      await Promise.all(names.map((name) => register(name, ['linux'])));
    },
    connect: listeners.connect,
    claimBusy: async () => undefined,
    async close() {
      await fake.stop();
      await receiver.close();
      const { violations, repeatedJwts } = fake.tallies;
      if (violations.length > 0 || repeatedJwts > 0) throw new Error(JSON.stringify({ violations, repeatedJwts }));
    },
  };
}

const idOf = (job: Job): number => Number(job.ref.id);

const adapterOf = ({ url, appId }: FakeGithub): Forge =>
  githubForge({
    ...{ url, clock, log: memoryLog(), webhookSecrets: secrets },
    apps: [{ id: appId, privateKey: testKey }],
    writesPerSecond: 1000,
  });

/** Overhears the grants, as the machines that get them would. */
const heard = (forge: Forge, listener: (grant: RunnerGrant) => void): Forge => ({
  ...forge,
  async createRunner(spec) {
    const grant = await forge.createRunner(spec);
    listener(grant);
    return grant;
  },
});

function workflows(
  fake: FakeGithub,
  receiver: Awaited<ReturnType<typeof webhookReceiver>>,
): Pick<ForgeSubject, 'queueJob' | 'delivery' | 'setReachable'> {
  return {
    async queueJob(labels) {
      const [added] = fake.addJobs({ labels });
      const id = String(added?.id);
      return { key: `github/acme/app/${id}`, ref: { repo: 'acme/app', id, attempt: 1 }, state: 'queued', labels };
    },
    async delivery(job) {
      const status = fake.jobs().find(({ id }) => id === idOf(job))?.status ?? '';
      await fake.until(() => receiver.find(idOf(job), status) !== undefined);
      return receiver.find(idOf(job), status) ?? { headers: {}, rawBody: new Uint8Array() };
    },
    setReachable: async (reachable) => fake.setHabits({ failedEvents: reachable ? 0 : 1 }),
  };
}

/** What runners say to the fake, without being runners. */
function runnerListeners(url: string) {
  const tokens = new Map<string, string>();
  const holders = new Map<number, string>();
  const say = async (name: string, route: string, body?: object): Promise<void> => {
    const [method = '', pathname = ''] = route.split(' ');
    const headers = { authorization: `Bearer ${tokens.get(name)}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/_runner/${pathname}`, { method, headers, body: JSON.stringify(body) ?? null });
    if (!response.ok) throw new Error(`${route} of ${name}: ${response.status} ${await response.text()}`);
  };
  const connect = (name: string): Promise<void> => say(name, 'POST session', { sessionId: name, os: 'linux' });
  return {
    has: (name: string): boolean => tokens.has(name),
    add({ registration, boot }: RunnerGrant) {
      const config = Buffer.from(boot.env.ACTIONS_RUNNER_INPUT_JITCONFIG ?? '', 'base64').toString('utf8');
      tokens.set(registration.name, JSON.parse(config).token);
    },
    connect,
    async take(name: string, jobId: number) {
      await connect(name);
      await say(name, 'GET message');
      await say(name, 'POST acquire', { jobId });
      holders.set(jobId, name);
    },
    finish: (jobId: number) => say(holders.get(jobId) ?? '', 'POST finish', { jobId, conclusion: 'success' }),
  };
}

/** Takes deliveries as they came, for the adapter to read. */
async function webhookReceiver() {
  const received: WebhookRequest[] = [];
  const server = createServer(async (request, response) => {
    const rawBody = new Uint8Array(await buffer(request));
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    received.push({ headers: Object.fromEntries(headers), rawBody });
    response.writeHead(204).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const isAbout = (request: WebhookRequest, id: number, status: string): boolean => {
    const { workflow_job: job } = JSON.parse(new TextDecoder().decode(request.rawBody));
    return job.id === id && job.status === status;
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    find: (id: number, status: string) => received.find((request) => isAbout(request, id, status)),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
