import type { Account } from '../accounts.ts';
import type { Answer } from '../http/call.ts';
import { pageOf } from '../http/paging.ts';
import { Refusal } from '../http/refusal.ts';
import { isoTime } from '../shapes/account-json.ts';
import { addressesOf } from '../shapes/addresses.ts';
import { appJson, installationJson, permissions } from '../shapes/installation-json.ts';
import { repositoryJson } from '../shapes/repository-json.ts';
import type { World } from '../world.ts';
import type { RestRequest, Route } from './route.ts';

/** The App, where it is installed, and the tokens of those installations. */
export const appRoutes: readonly Route[] = [
  { method: 'GET', template: '/app', caller: 'app', answer: showApp },
  { method: 'GET', template: '/app/installations', caller: 'app', answer: listInstallations },
  { method: 'GET', template: '/app/installations/{installation_id}', caller: 'app', answer: showInstallation },
  {
    method: 'POST',
    template: '/app/installations/{installation_id}/access_tokens',
    caller: 'app',
    answer: issueToken,
  },
  installationRoute('/orgs/{org}/installation', 'Organization', ({ params }) => params.org),
  installationRoute('/users/{username}/installation', 'Organization', ({ params }) => params.username),
  installationRoute('/enterprises/{enterprise}/installation', 'Enterprise', ({ params }) => params.enterprise),
  installationRoute('/repos/{owner}/{repo}/installation', 'Organization', ({ params }, world) => {
    return world.accounts.repository(params.owner ?? '', params.repo ?? '')?.owner.login;
  }),
  { method: 'GET', template: '/installation/repositories', caller: 'installation', answer: listRepositories },
  { method: 'GET', template: '/rate_limit', caller: 'installation', answer: showRateLimit },
];

function showApp(world: World): Answer {
  return { status: 200, body: appJson(addressesOf(world), world.app, world.accounts.installations().length) };
}

function listInstallations(world: World, { url, query }: RestRequest): Answer {
  const { items, headers } = pageOf(world.accounts.installations(), url, query);
  return { status: 200, headers, body: items.map((item) => installationJson(addressesOf(world), world.app, item)) };
}

function showInstallation(world: World, { params }: RestRequest): Answer {
  const installation = world.accounts.installation(Number(params.installation_id));
  if (!installation) throw new Refusal(404, 'Not Found');
  return { status: 200, body: installationJson(addressesOf(world), world.app, installation) };
}

function installationRoute(
  template: string,
  type: Account['type'],
  loginOf: (request: RestRequest, world: World) => string | undefined,
): Route {
  const answer = (world: World, request: RestRequest): Answer => {
    const installation = world.accounts.installationOf(loginOf(request, world) ?? '', type);
    if (!installation) throw new Refusal(404, 'Not Found');
    return { status: 200, body: installationJson(addressesOf(world), world.app, installation) };
  };
  return { method: 'GET', template, caller: 'app', answer };
}

function issueToken(world: World, { params, caller }: RestRequest): Answer {
  const installation = world.accounts.installation(Number(params.installation_id));
  if (!installation) throw new Refusal(404, 'Not Found');
  if (caller.kind === 'app' && world.tokens.noteJwt(caller.jwt)) world.tallies.repeatedJwts += 1;
  const { token, expiresAt } = world.tokens.issue(installation);
  return {
    status: 201,
    body: { token, expires_at: isoTime(expiresAt), permissions, repository_selection: 'all' },
  };
}

function listRepositories(world: World, { url, query, caller }: RestRequest): Answer {
  const all = caller.kind === 'installation' ? world.accounts.repositoriesOf(caller.installation.account) : [];
  const { items, headers } = pageOf(all, url, query);
  const repositories = items.map((repository) => repositoryJson(addressesOf(world), repository));
  return { status: 200, headers, body: { total_count: all.length, repository_selection: 'all', repositories } };
}

function showRateLimit(world: World, { caller }: RestRequest): Answer {
  const who = caller.kind === 'installation' ? String(caller.installation.id) : 'app';
  const { limit, used, resetAt } = world.rateLimits.budget(who);
  const core = { limit, used, remaining: Math.max(0, limit - used), reset: Math.ceil(resetAt / 1000) };
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
  return { status: 200, body: { resources: { core, search }, rate: core } };
}
