import type { Forge } from '../../../ports/forge.ts';
import { expiringCache } from '../expiring-cache.ts';
import { appClient } from './app-client.ts';
import { createRunner } from './create-runner.ts';
import { getJob } from './get-job.ts';
import type { GithubState } from './github-state.ts';
import { installations } from './installations.ts';
import { listRunners } from './list-runners.ts';
import { missedEvents } from './missed-events.ts';
import { openJobs } from './open-jobs.ts';
import { type GithubForgeOptions, settingsOf } from './options.ts';
import { parseWebhook } from './parse-webhook.ts';
import { removeRunner } from './remove-runner.ts';
import { repositories } from './repositories.ts';
import { runnerGroups } from './runner-groups.ts';

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
