import type { Scope } from '../../../core/lane.ts';
import type { Answer } from '../http/call.ts';
import { pageOf } from '../http/paging.ts';
import { Refusal } from '../http/refusal.ts';
import { visibleAt } from '../job-life.ts';
import { removeRunner } from '../runner-life.ts';
import type { RunnerRecord } from '../runners.ts';
import { isoTime } from '../shapes/account-json.ts';
import { jitConfig } from '../shapes/jit-config.ts';
import { runnerJson } from '../shapes/runner-json.ts';
import { randomToken } from '../tokens.ts';
import type { World } from '../world.ts';
import type { RestRequest, Route } from './route.ts';

type Params = RestRequest['params'];
type ScopeOf = (params: Params) => Scope;

/** The same operations for each kind of scope. */
export const runnerRoutes: readonly Route[] = [
  ...routesUnder('/orgs/{org}', ({ org }) => `org:${org}`),
  ...routesUnder('/repos/{owner}/{repo}', ({ owner, repo }) => `repo:${owner}/${repo}`),
  ...routesUnder('/enterprises/{enterprise}', ({ enterprise }) => `enterprise:${enterprise}`),
  groupsRoute('/orgs/{org}'),
  groupsRoute('/enterprises/{enterprise}'),
];

function routesUnder(prefix: string, scopeOf: ScopeOf): readonly Route[] {
  const runners = `${prefix}/actions/runners`;
  const route = (
    method: Route['method'],
    template: string,
    answer: (world: World, scope: Scope, request: RestRequest) => Answer,
  ): Route => ({
    method,
    template,
    caller: 'installation',
    answer: (world, request) => answer(world, scopeOf(request.params), request),
  });
  return [
    route('POST', `${runners}/generate-jitconfig`, generateJitConfig),
    route('POST', `${runners}/registration-token`, issueRunnerToken),
    route('POST', `${runners}/remove-token`, issueRunnerToken),
    route('GET', runners, listRunners),
    route('GET', `${runners}/{runner_id}`, showRunner),
    route('DELETE', `${runners}/{runner_id}`, deleteRunner),
  ];
}

interface JitRequest {
  readonly name: string;
  readonly runner_group_id: number;
  readonly labels: readonly string[];
}

function generateJitConfig(world: World, scope: Scope, { body }: RestRequest): Answer {
  const { name, runner_group_id: groupId, labels } = body as JitRequest;
  if (world.runnerGroups[groupId - 1] === undefined) throw new Refusal(404, 'Not Found');
  const wait = world.rateLimits.takeRegistration(scope);
  if (wait > 0) throw new Refusal(403, 'Too many new runners. Please wait.', { 'Retry-After': String(wait) });

  const wish = { name, scope, groupId, labels, token: randomToken('fake_'), visibleAt: visibleAt(world) };
  const runner = world.habits.strikes('nameTaken') ? null : world.runners.register(wish);
  if (!runner) throw new Refusal(409, `Already exists - A runner with the name ${name} already exists.`);
  const shown = runnerJson(runner, world.clock.now());
  return { status: 201, body: { runner: shown, encoded_jit_config: jitConfig(world.baseUrl(), runner) } };
}

function issueRunnerToken(world: World): Answer {
  const expiresAt = isoTime(world.clock.now() + 3_600_000);
  return { status: 201, body: { token: randomToken('A').toUpperCase(), expires_at: expiresAt } };
}

function listRunners(world: World, scope: Scope, { url, query }: RestRequest): Answer {
  const now = world.clock.now();
  const named = (runner: RunnerRecord): boolean =>
    query.name === undefined || runner.name.toLowerCase() === query.name.toLowerCase();
  const shown = world.runners.inScope(scope).filter((runner) => runner.visibleAt <= now && named(runner));
  const { items, headers } = pageOf(shown, url, query);
  const runners = items.map((runner) => runnerJson(runner, now));
  return { status: 200, headers, body: { total_count: shown.length, runners } };
}

function showRunner(world: World, scope: Scope, { params }: RestRequest): Answer {
  const now = world.clock.now();
  const runner = world.runners.byId(scope, Number(params.runner_id));
  if (!runner || runner.visibleAt > now) throw new Refusal(404, 'Not Found');
  return { status: 200, body: runnerJson(runner, now) };
}

/** Refused only from the moment when the runner has acquired a job; the answer is the truth where `busy` is not. */
function deleteRunner(world: World, scope: Scope, { params }: RestRequest): Answer {
  const runner = world.runners.byId(scope, Number(params.runner_id));
  if (!runner || runner.visibleAt > world.clock.now()) throw new Refusal(404, 'Not Found');
  const busy = runner.job?.status === 'in_progress';
  if (busy && !world.habits.strikes('deleteWhileBusy')) {
    throw new Refusal(422, `Runner "${runner.name}" is currently running a job and cannot be deleted.`);
  }
  removeRunner(world, runner);
  return { status: 204 };
}

function groupsRoute(prefix: string): Route {
  const answer = (world: World, { url, query }: RestRequest): Answer => {
    const groups = world.runnerGroups.map((name, index) => groupJson(url, name, index + 1));
    const { items, headers } = pageOf(groups, url, query);
    return { status: 200, headers, body: { total_count: groups.length, runner_groups: items } };
  };
  return { method: 'GET', template: `${prefix}/actions/runner-groups`, caller: 'installation', answer };
}

function groupJson(url: string, name: string, id: number): object {
  return {
    id,
    name,
    visibility: 'all',
    default: id === 1,
    inherited: false,
    allows_public_repositories: false,
    runners_url: `${url}/${id}/runners`,
    selected_organizations_url: `${url}/${id}/organizations`,
    restricted_to_workflows: false,
    selected_workflows: [],
    workflow_restrictions_read_only: false,
  };
}
