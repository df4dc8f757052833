import { accounts } from './accounts.ts';
import { appIdentity } from './app-identity.ts';
import { seededChance } from './chance.ts';
import { type StoppableClock, systemClock } from './clock.ts';
import { type Delivery, deliveries } from './deliveries.ts';
import { scaledDurations } from './durations.ts';
import { type HabitSettings, habits } from './habits.ts';
import { hook } from './hook.ts';
import type { Answer, Call } from './http/call.ts';
import { serve } from './http/server.ts';
import { jobs } from './jobs.ts';
import { matchmaker } from './matchmaker.ts';
import { githubValidator } from './openapi/github-validator.ts';
import { githubLimits, type Limits, rateLimits } from './rate-limits.ts';
import { rest } from './rest.ts';
import { addJobs, control } from './routes/control.ts';
import type { JobRequest } from './routes/job-request.ts';
import { runnerProtocol } from './routes/runner-protocol.ts';
import { runners } from './runners.ts';
import { type ShownJob, shownJob } from './shapes/shown-job.ts';
import { type ShownRunner, shownRunner } from './shapes/shown-runner.ts';
import { tokens } from './tokens.ts';
import { watchedClock, watchers } from './watchers.ts';
import type { Tallies, World } from './world.ts';

export interface FakeGithubOptions {
  /** 0: a free one. */
  readonly port?: number;
  /** Without it, no webhook is sent until the App's hook configuration names one. */
  readonly webhookUrl?: string;
  readonly webhookSecret: string;
  /** Where the App's private key is kept. */
  readonly dataFolder: string;
  /** An organization that has the App installed. */
  readonly owner?: string;
  /** Names of its repositories. */
  readonly repositories?: readonly string[];
  /** The slug of an enterprise that holds all owners, and has the App installed too. */
  readonly enterprise?: string;
  /** `Default` is always there, with id 1; these follow. */
  readonly runnerGroups?: readonly string[];
  readonly habits?: HabitSettings;
  readonly seed?: number;
  /** Divides the durations of GitHub's own processes. */
  readonly timeScale?: number;
  readonly limits?: Partial<Limits>;
  readonly clock?: StoppableClock;
}

export interface FakeGithub {
  readonly url: string;
  readonly appId: number;
  readonly appKeyFile: string;
  /** Calls, violations and other counts, kept up to date. */
  readonly tallies: Tallies;
  /** REST calls by `METHOD template`, kept up to date. */
  readonly callCounts: Readonly<Record<string, number>>;
  addJobs(request?: Partial<JobRequest>): readonly ShownJob[];
  jobs(): readonly ShownJob[];
  runners(): readonly ShownRunner[];
  /** Newest first. */
  deliveries(): readonly Delivery[];
  setHabits(settings: HabitSettings): void;
  /** As the App's owner does in its settings. */
  sendWebhooksTo(url: string): void;
  installationId(owner: string): number | undefined;
  /** Resolves when the condition holds; it is looked at after each call, delivery and timer. */
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A GitHub in memory, on a port of this machine: state as GitHub keeps it, answers as its own description wants them. */
export async function fakeGithub(options: FakeGithubOptions): Promise<FakeGithub> {
  const watch = watchers();
  const clock = watchedClock(options.clock ?? systemClock(), watch.look);
  let url = '';
  const world = makeWorld(options, clock, () => url, watch.look);
  for (const repository of options.repositories ?? ['app']) {
    world.accounts.ensureRepository(options.owner ?? 'acme', repository);
  }
  const server = await serve(options.port ?? 0, (call) => {
    const answer = answerTo(world, call);
    watch.look();
    return answer.finally(watch.look);
  });
  url = `http://127.0.0.1:${server.port}`;

  return {
    url,
    appId: world.app.id,
    appKeyFile: world.app.keyFile,
    tallies: world.tallies,
    callCounts: world.tallies.calls,
    addJobs: (request) => addJobs(world, request),
    jobs: () => world.jobs.all().map(shownJob),
    runners: () => world.runners.all().map((runner) => shownRunner(runner, clock.now())),
    deliveries: () => world.deliveries.list({ limit: Number.POSITIVE_INFINITY }),
    setHabits: world.habits.set,
    sendWebhooksTo: (webhookUrl) => world.hook.configure({ url: webhookUrl }),
    installationId: (owner) => world.accounts.installationOf(owner, 'Organization')?.id,
    until: watch.until,
    async stop() {
      clock.stop();
      world.hook.stop();
      await server.stop();
    },
  };
}

async function answerTo(world: World, call: Call): Promise<Answer> {
  if (call.path.startsWith('/_control/')) return control(world, call);
  if (call.path.startsWith('/_runner/')) return runnerProtocol(world, call);
  return rest(world, call);
}

function makeWorld(
  options: FakeGithubOptions,
  clock: StoppableClock,
  baseUrl: () => string,
  changed: () => void,
): World {
  const durations = scaledDurations(options.timeScale ?? 1);
  const app = appIdentity(options.dataFolder);
  const chosen = habits(seededChance(options.seed ?? 1));
  chosen.set(options.habits ?? {});
  const sent = deliveries();
  const config = { url: options.webhookUrl, secret: options.webhookSecret, insecureSsl: '0' };
  const parts = { clock, durations, habits: chosen };
  return {
    ...parts,
    app,
    baseUrl,
    deliveries: sent,
    validator: githubValidator(),
    accounts: accounts(options.enterprise),
    jobs: jobs(),
    runners: runners(),
    matchmaker: matchmaker(options.enterprise),
    hook: hook({ ...parts, deliveries: sent, appId: app.id, config, changed }),
    tokens: tokens(clock),
    rateLimits: rateLimits(clock, durations, { ...githubLimits, ...options.limits }),
    runnerGroups: ['Default', ...(options.runnerGroups ?? [])],
    assignments: new Map(),
    absenceTimers: new Map(),
    heldPolls: new Map(),
    tallies: { calls: {}, violations: [], endedByForge: 0, repeatedJwts: 0 },
  };
}
