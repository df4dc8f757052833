import type { Clock } from '../../../ports/clock.ts';
import type { Forge } from '../../../ports/forge.ts';
import type { Log } from '../../../ports/log.ts';
import { type ExpiringCache, expiringCache } from '../expiring-cache.ts';
import { type AppClient, appClient } from './app-client.ts';
import { createRunner } from './create-runner.ts';
import { getJob } from './get-job.ts';
import { type Installations, installations } from './installations.ts';
import { listRunners } from './list-runners.ts';
import { missedEvents } from './missed-events.ts';
import { openJobs } from './open-jobs.ts';
import { type GithubForgeOptions, settingsOf } from './options.ts';
import { parseWebhook } from './parse-webhook.ts';
import type { RegistrationToken } from './registration-grant.ts';
import { removeRunner } from './remove-runner.ts';
import { repositories } from './repositories.ts';
import { type RunnerGroups, runnerGroups } from './runner-groups.ts';

/** What the verbs share. Each is a file; the state is its first parameter. */
export interface GithubState {
  readonly url: string;
  readonly apps: readonly AppClient[];
  readonly installations: Installations;
  readonly groups: RunnerGroups;
  readonly tokens: ExpiringCache<RegistrationToken>;
  readonly deliveryPagesLimit: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** GitHub, on github.com, ghe.com or a server of one's own, by way of one or several Apps. */
export function githubForge(options: GithubForgeOptions): Forge {
  const settings = settingsOf(options);
  const { clock, log, url, deliveryPagesLimit } = settings;
  const apps = settings.apps.map((app) => appClient(settings, app));
  const state: GithubState = {
    url,
    apps,
    installations: installations(apps, clock),
    groups: runnerGroups(clock),
    tokens: expiringCache(clock),
    deliveryPagesLimit,
    clock,
    log,
  };
  return {
    kind: 'github',
    can: { push: 'jobs', singleUse: true, bindJob: false, removal: 'refused-when-busy', endJob: [] },
    apps: apps.map(({ name }) => name),
    parseWebhook: (request) => parseWebhook(settings.webhookSecrets, request),
    missedEvents: (cursor) => missedEvents(state, cursor),
    repositories: () => repositories(state),
    openJobs: (repo) => openJobs(state, repo),
    getJob: (ref) => getJob(state, ref),
    createRunner: (spec) => createRunner(state, spec),
    listRunners: (scope) => listRunners(state, scope),
    removeRunner: (scope, ref) => removeRunner(state, scope, ref),
  };
}
