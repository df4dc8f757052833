import { describe, expect, test } from '@jest/globals';
import { forgeContract } from '../../../tests/contracts/forge-contract.ts';
import type { ForgeSubject } from '../../../tests/contracts/forge-subject.ts';
import { awaited } from '../../../tests/simulator/in-virtual-time.ts';
import { ThrottledError } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import type { Forge, RunnerSpec, WebhookRequest } from '../../ports/forge.ts';
import { chance } from '../engine/chance.ts';
import { virtualTime } from '../engine/virtual-time.ts';
import type { Fact } from '../facts.ts';
import { deliveries } from './deliveries.ts';
import { forgeLimits } from './forge-limits.ts';
import { forgePort } from './forge-port.ts';
import { jobOffice } from './job-office.ts';
import type { Listener } from './matchmaker.ts';
import type { ListLie } from './troubles.ts';
import { wire } from './wire.ts';

const scope = 'org:acme';
const repo = 'acme/app';
const longSeconds = 86_400 * 365;

function start() {
  const time = virtualTime(Date.UTC(2026, 0, 5));
  const dice = chance(5);
  const facts: Fact[] = [];
  const posted = new Map<string, WebhookRequest>();
  const lies = new Map<string, ListLie>();
  let isReachable = true;
  const tell = (fact: Fact): void => void facts.push(fact);
  const announced = deliveries({
    time,
    chance: dice.stream('deliveries'),
    tell,
    fateOf: () => undefined,
    // Underway for good, so that it can be read.
    post: (request) => {
      const event = announced.parse(request);
      if (event.type === 'job') posted.set(`${event.job.key} ${event.job.state}`, request);
      return isReachable ? new Promise(() => {}) : Promise.resolve(0);
    },
  });
  const office = jobOffice({
    time,
    chance: dice.stream('office'),
    tell,
    fleetOf: ({ labels }) => (labels.includes('ubuntu-latest') ? undefined : 'linux'),
    announce: announced.announce,
    assignmentFate: () => undefined,
  });
  const over = wire({ time, chance: dice.stream('wire'), trouble: () => undefined, isSlowBothWays: false });
  const limits = forgeLimits(time.now);
  const options = {
    time,
    prefix: 'ci',
    apps: ['app-1', 'app-2'],
    office,
    deliveries: announced,
    limits,
    wire: over,
    trouble: {
      ofListing: ({ name }: { readonly name: string }) => lies.get(name),
      ofRemoval: () => undefined,
      ofJobRead: () => undefined,
    },
  };
  const port = forgePort(options, { role: 'sweep', isDead: () => false });
  const forge: Forge = awaited(time, port, ['missedEvents', 'repositories', 'openJobs', 'listRunners']);
  const pass = (seconds = 10): Promise<void> => time.run(time.now() + seconds * 1000);
  const setReachable = (now: boolean): void => {
    isReachable = now;
  };
  return { time, office, forge, facts, posted, lies, pass, setReachable };
}

const listening: Listener = { isAlive: () => true, begin: () => {}, finish: () => {} };
const registered = (name: string, labels: readonly string[]) =>
  ({ name, scope, labels, ephemeral: true, instance: undefined }) as const;

async function subjectOf(): Promise<ForgeSubject> {
  const { office, forge, posted, lies, pass, setReachable } = start();
  const now = (key: string): Job => office.job(key) as Job;
  return {
    forge,
    secrets: ['current', 'previous'],
    repo,
    scope,
    async queueJob(labels) {
      const before = new Set(office.openJobs(repo).map(({ key }) => key));
      office.add({ atSeconds: 0, durationSeconds: longSeconds, labels, repo });
      await pass();
      return office.openJobs(repo).find(({ key }) => !before.has(key)) as Job;
    },
    async startJob(job, runnerName) {
      if (!office.runner(scope, runnerName)) office.register(registered(runnerName, job.labels));
      office.connect(runnerName, listening);
      await pass();
    },
    async finishJob(job) {
      office.endJob(job.key, 'finished');
      await pass();
    },
    delivery: async ({ key }) => posted.get(`${key} ${now(key).state}`) as WebhookRequest,
    setReachable: async (reachable) => setReachable(reachable),
    async seedRunners(names) {
      for (const name of names) office.register(registered(name, ['linux', 'x64']));
    },
    connect: async (name) => void office.connect(name, listening),
    claimBusy: async (name, busy) => void lies.set(name, { busy }),
    close: async () => undefined,
  };
}

forgeContract({
  name: 'the simulated forge',
  make: subjectOf,
  skips: [
    {
      reason: 'deliveries are handed over inside the process: nothing is signed, nor can be malformed',
      tests: [
        'the secret before this one is still valid',
        'a delivery that another secret signed, or none, is refused',
        'a well signed body that is no JSON object is malformed',
      ],
    },
  ],
});

describe('the simulated forge', () => {
  const spec = (name: string, app = 'app-1'): RunnerSpec => ({
    name,
    scope,
    labels: ['linux'],
    runnerGroup: 'Default',
    ephemeral: true,
    app,
  });

  test('lets an App make 180 runners in any minute, and says when it may go on', async () => {
    const { forge, time, pass } = start();
    let made = 0;
    const refused = await (async () => {
      for (; ; made++) {
        try {
          await forge.createRunner(spec(`ci-i-${made}`));
        } catch (error) {
          return error;
        }
      }
    })();
    expect(made).toBeGreaterThanOrEqual(180);
    expect(refused).toBeInstanceOf(ThrottledError);
    const { retryAt = 0 } = refused as ThrottledError;
    expect(retryAt).toBeGreaterThan(time.now());
    await forge.createRunner(spec('ci-i-other', 'app-2'));
    await pass((retryAt - time.now()) / 1000 + 1);
    await forge.createRunner(spec('ci-i-later'));
  });

  test('queues a job again whose runner does not take it up in a minute', async () => {
    const { office, facts, pass } = start();
    let isAlive = true;
    office.register(registered('gone', ['linux']));
    office.connect('gone', { ...listening, isAlive: () => isAlive });
    office.add({ atSeconds: 0, durationSeconds: 60, labels: ['linux'], repo });
    isAlive = false;
    await pass(70);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'job-requeued' }));
    office.register(registered('there', ['linux']));
    office.connect('there', listening);
    await pass(10);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'job-started', runner: 'there' }));
  });

  test('ends a job that waited for a day', async () => {
    const { office, facts, pass } = start();
    office.add({ atSeconds: 0, durationSeconds: 60, labels: ['linux'], repo });
    await pass(86_399);
    office.expire();
    expect(office.openJobs(repo)).toHaveLength(1);
    await pass(1);
    office.expire();
    expect(office.openJobs(repo)).toEqual([]);
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'job-ended', how: 'forge' }));
  });

  test('hands no job to a runner without its labels, or of another owner', async () => {
    const { office, facts, pass } = start();
    office.register({ ...registered('small', ['linux']), scope: 'org:other' });
    office.register(registered('windows', ['windows', 'x64']));
    office.register(registered('right', ['Linux', 'x64']));
    for (const name of ['small', 'windows', 'right']) office.connect(name, listening);
    office.add({ atSeconds: 0, durationSeconds: 60, labels: ['linux', 'X64'], repo });
    await pass();
    expect(facts.flatMap((fact) => (fact.kind === 'job-started' ? [fact.runner] : []))).toEqual(['right']);
  });

  test('knows an owner and a repository in whatever case they are written', async () => {
    const { office, facts, pass } = start();
    office.register(registered('of-owner', ['linux']));
    office.register({ ...registered('of-repo', ['windows']), scope: 'repo:acme/app' });
    for (const name of ['of-owner', 'of-repo']) office.connect(name, listening);
    for (const labels of [['linux'], ['windows']]) {
      office.add({ atSeconds: 0, durationSeconds: 60, labels, repo: 'ACME/App' });
    }
    await pass();
    expect(facts.filter(({ kind }) => kind === 'job-started')).toHaveLength(2);
  });

  test('is at work while a job runs, or waits for a fleet of ours', async () => {
    const { office, pass } = start();
    office.add({ atSeconds: 0, durationSeconds: 60, labels: ['ubuntu-latest'], repo });
    expect(office.isAtWork()).toBe(false);
    office.add({ atSeconds: 0, durationSeconds: 60, labels: ['linux'], repo });
    expect(office.isAtWork()).toBe(true);
    office.register(registered('there', ['linux']));
    office.connect('there', listening);
    await pass(30);
    expect(office.isAtWork()).toBe(true);
    await pass(60);
    expect(office.isAtWork()).toBe(false);
  });

  test('a job whose registration was removed under it runs to its end, and dies with its machine', async () => {
    const { office, facts, pass } = start();
    const runner = office.register(registered('cut-off', ['linux']));
    office.connect('cut-off', listening);
    office.add({ atSeconds: 0, durationSeconds: 600, labels: ['linux'], repo });
    await pass();
    office.remove(runner, 'us');
    office.disconnect(runner, 'control-plane');
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'job-ended', how: 'killed' }));
  });
});
