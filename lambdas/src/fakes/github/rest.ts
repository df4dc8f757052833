import { setImmediate as nextTurn } from 'node:timers/promises';
import { callerOf } from './caller.ts';
import type { Answer, Call } from './http/call.ts';
import { Refusal } from './http/refusal.ts';
import { refusalAnswer } from './http/server.ts';
import type { Budget } from './rate-limits.ts';
import { appRoutes } from './routes/app-routes.ts';
import { hookRoutes } from './routes/hook-routes.ts';
import { jobRoutes } from './routes/job-routes.ts';
import { type Caller, type Match, router } from './routes/route.ts';
import { runnerRoutes } from './routes/runner-routes.ts';
import type { World } from './world.ts';

const match = router([...appRoutes, ...runnerRoutes, ...jobRoutes, ...hookRoutes]);
const secondaryMessage = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** One call of the REST API, at the root as on github.com, or under `/api/v3` as on an Enterprise Server. */
export async function rest(world: World, call: Call): Promise<Answer> {
  if (!world.rateLimits.enter()) throw secondaryLimit(403, 1);
  try {
    // Calls that come in together are under way together.
    await nextTurn();
    return restAnswer(world, call);
  } finally {
    world.rateLimits.leave();
  }
}

function restAnswer(world: World, call: Call): Answer {
  const found = match(call.method, call.path.replace(/^\/api\/v3(?=\/)/, ''));
  if (!found) throw new Refusal(404, 'Not Found');
  const key = `${found.route.method} ${found.route.template}`;
  world.tallies.calls[key] = (world.tallies.calls[key] ?? 0) + 1;

  const caller = callerOf(world, call, found);
  const who = caller.kind === 'installation' ? String(caller.installation.id) : 'app';
  // Asking how much is left costs nothing.
  const budget = world.rateLimits[key === 'GET /rate_limit' ? 'budget' : 'takeRequest'](who);
  const answer = attempt(() => {
    checkLimits(world, `${who} ${key}`, call.method, budget);
    return withServerErrors(world, () => checked(world, call, found, caller));
  });
  return { ...answer, headers: { ...budgetHeaders(budget), ...answer.headers } };
}

function attempt(action: () => Answer): Answer {
  try {
    return action();
  } catch (thrown) {
    return refusalAnswer(thrown);
  }
}

function checkLimits(world: World, endpoint: string, method: string, { exceeded, resetAt }: Budget): void {
  if (exceeded) {
    const wait = Math.max(1, Math.ceil((resetAt - world.clock.now()) / 1000));
    throw new Refusal(403, 'API rate limit exceeded for installation.', { 'Retry-After': String(wait) });
  }
  const wait = world.rateLimits.takePoints(endpoint, method === 'GET' ? 1 : 5);
  if (wait > 0) throw secondaryLimit(403, wait);
  if (world.habits.strikes('secondaryLimits')) throw secondaryLimit(world.habits.fraction() < 0.5 ? 403 : 429, 1);
}

/** A gateway in front of GitHub may fail before the call reaches it, or lose the answer. */
function withServerErrors(world: World, action: () => Answer): Answer {
  if (!world.habits.strikes('serverErrors')) return action();
  if (world.habits.fraction() < 0.5) attempt(action);
  throw new Refusal(502, 'Server Error');
}

/** Holds both sides to GitHub's own description. */
function checked(world: World, call: Call, { route, params }: Match, caller: Caller): Answer {
  const { method, template } = route;
  const { query, body } = call;
  const faults = world.validator.request(method, template, { path: params, query, body });
  if (faults.length > 0) throw new Refusal(422, `Invalid request.\n\n${faults.join('\n')}`);

  const url = `${world.baseUrl()}${call.path}`;
  const answer = attempt(() => route.answer(world, { params, query, body, url, caller }));
  const own = world.validator.response(method, template, answer.status, answer.body);
  if (own.length === 0 && answer.status !== 500) return answer;
  world.tallies.violations.push(...own, ...(answer.status === 500 ? [JSON.stringify(answer.body)] : []));
  throw new Refusal(500, `The fake broke GitHub's description: ${own.join('; ')}`);
}

const secondaryLimit = (status: number, wait: number): Refusal =>
  new Refusal(status, secondaryMessage, { 'Retry-After': String(wait) });

function budgetHeaders({ limit, used, resetAt }: Budget): Readonly<Record<string, string>> {
  return {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
    'X-RateLimit-Used': String(used),
    'X-RateLimit-Reset': String(Math.ceil(resetAt / 1000)),
    'X-RateLimit-Resource': 'core',
  };
}
