import { NameTakenError, ThrottledError } from '../../core/errors.ts';
import { after, ageSeconds } from '../../core/instant.ts';
import type { Job } from '../../core/job.ts';
import type { Scope } from '../../core/lane.ts';
import type { Registration } from '../../core/registration.ts';
import { instanceOfName } from '../../core/runner-name.ts';
import type { Forge, RunnerRef } from '../../ports/forge.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Deliveries } from './deliveries.ts';
import type { ForgeLimits } from './forge-limits.ts';
import type { JobOffice } from './job-office.ts';
import type { OfficeRunner } from './matchmaker.ts';
import { type ListPage, paged } from './paged.ts';
import type { JobLie, ListLie, RemovalFate, RunnerTruth } from './troubles.ts';
import type { Caller, Wire } from './wire.ts';

export interface ForgePortOptions {
  readonly time: VirtualTime;
  readonly prefix: string;
  readonly apps: readonly string[];
  readonly office: JobOffice;
  readonly deliveries: Deliveries;
  readonly limits: ForgeLimits;
  readonly wire: Wire;
  readonly trouble: {
    ofListing(runner: RunnerTruth): ListLie | undefined;
    ofRemoval(runner: RunnerTruth): RemovalFate | undefined;
    ofJobRead(job: { readonly key: string; readonly changedSeconds: number }): JobLie | undefined;
  };
}

const pageSize = 100;
/** GitHub's JIT configuration; seen to live about an hour. */
const grantSeconds = 3600;

/** The forge as one of our functions reaches it. */
export function forgePort(options: ForgePortOptions, caller: Caller): Forge {
  const { time, office, deliveries, limits, apps } = options;
  const call = <T>(action: string, effect: () => T): Promise<T> =>
    options.wire.call({ service: 'github', action, caller }, () => {
      limits.read(apps[0] ?? '');
      return effect();
    });
  // Each page is as things stand when it is asked for.
  const list = <T>(action: string, items: () => readonly T[]): AsyncIterable<T> =>
    paged((from) => call(action, () => pageOf(items(), from)));

  return {
    kind: 'simulated',
    can: { push: 'jobs', singleUse: true, bindJob: false, removal: 'refused-when-busy', endJob: [] },
    apps,
    parseWebhook: deliveries.parse,
    missedEvents: (cursor) => list('missed-events', () => deliveries.missedSince(cursor)),
    repositories: () => list('repositories', () => [...office.repositories]),
    openJobs: (repo) => list('open-jobs', () => office.openJobs(repo)),
    getJob: ({ repo, id }) => call('get-job', () => jobRead(options, `sim/${repo}/${id}`)),
    async createRunner({ name, scope, labels, ephemeral, app }) {
      return options.wire.call({ service: 'github', action: 'create-runner', caller }, () => {
        const seconds = limits.write(app, scope);
        if (seconds > 0) throw new ThrottledError('secondary rate limit', { retryAt: after(time.now(), seconds) });
        if (office.runner(scope, name)) throw new NameTakenError(`A runner is called ${name}.`);
        const instance = instanceOfName(options.prefix, name);
        const askedBy = caller.name;
        const { id } = office.register({ name, scope, labels, ephemeral, instance, ...(askedBy && { askedBy }) });
        const boot = { argv: ['--jitconfig'], env: {} };
        return { registration: { id, name }, singleUse: ephemeral, expiresAt: after(time.now(), grantSeconds), boot };
      });
    },
    listRunners: (scope) =>
      listed(
        options,
        list('list-runners', () => office.runnersOf(scope)),
      ),
    removeRunner: (scope, ref) =>
      options.wire.call({ service: 'github', action: 'remove-runner', caller }, () => {
        const seconds = limits.write(apps[0] ?? '', undefined);
        if (seconds > 0) throw new ThrottledError('secondary rate limit', { retryAt: after(time.now(), seconds) });
        return removed(options, scope, ref);
      }),
  };
}

/** A page that is full does not know whether it was the last. */
function pageOf<T>(all: readonly T[], from: number): ListPage<T> {
  const items = all.slice(from, from + pageSize);
  return { items, next: items.length < pageSize ? undefined : from + pageSize };
}

async function* listed(
  { time, trouble }: ForgePortOptions,
  runners: AsyncIterable<OfficeRunner>,
): AsyncGenerator<Registration> {
  for await (const runner of runners) {
    const truth = truthOf(runner, time.now());
    const lie = trouble.ofListing(truth);
    if (lie?.absent) continue;
    const { id, name, labels } = runner;
    yield { id, name, labels, online: lie?.online ?? runner.online, busy: lie?.busy ?? truth.isBusy };
  }
}

function removed(
  { office, time, trouble }: ForgePortOptions,
  scope: Scope,
  ref: RunnerRef,
): 'removed' | 'busy' | 'absent' {
  const runner = office.runner(scope, ref.name);
  if (runner === undefined || (ref.id !== undefined && runner.id !== ref.id)) return 'absent';
  const truth = truthOf(runner, time.now());
  const fate = trouble.ofRemoval(truth);
  if (truth.isBusy && fate !== 'removes-busy') return 'busy';
  office.remove(runner, 'us', typeof fate === 'object' ? fate.handsOutSeconds : 0);
  return 'removed';
}

function jobRead({ office, time, trouble }: ForgePortOptions, key: string): Job | null {
  const job = office.job(key);
  const change = office.changeOf(key);
  if (job === undefined || change === undefined) return null;
  const lie = trouble.ofJobRead({ key, changedSeconds: ageSeconds(change.changedAt, time.now()) });
  if (lie === 'unknown') return null;
  return lie === 'before' ? change.before : job;
}

/** Busy from the moment that a job was handed to it. */
function truthOf(runner: OfficeRunner, now: number): RunnerTruth {
  const { name, instance, job, registeredAt } = runner;
  const isBusy = job !== undefined;
  const registeredSeconds = ageSeconds(registeredAt, now);
  const sinceSeconds = ageSeconds(job?.startedAt ?? registeredAt, now);
  return { name, instance, isBusy, sinceSeconds, registeredSeconds };
}
