import { acquire } from '../assignment.ts';
import type { Answer, Call } from '../http/call.ts';
import { Refusal } from '../http/refusal.ts';
import { finish } from '../job-life.ts';
import type { Conclusion, JobRecord } from '../jobs.ts';
import { poll } from '../poll.ts';
import { connect, disconnect } from '../runner-life.ts';
import type { RunnerRecord } from '../runners.ts';
import type { World } from '../world.ts';

type Verb = (world: World, runner: RunnerRecord, call: Call) => Answer | Promise<Answer>;

/** What the fake runner says to the fake. GitHub's own protocol between the two is not public, so this is ours. */
const verbs: Readonly<Record<string, Verb>> = {
  'POST /_runner/session': openSession,
  'DELETE /_runner/session': closeSession,
  'GET /_runner/message': nextMessage,
  'POST /_runner/acquire': acquireJob,
  'POST /_runner/finish': finishJob,
};

export async function runnerProtocol(world: World, call: Call): Promise<Answer> {
  const verb = verbs[`${call.method} ${call.path}`];
  if (!verb) throw new Refusal(404, 'Not Found');
  const token = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
  const runner = world.runners.byToken(token);
  if (!runner) throw new Refusal(401, 'Bad credentials');
  return verb(world, runner, call);
}

function openSession(world: World, runner: RunnerRecord, { body }: Call): Answer {
  const sessionId = textOf(body, 'sessionId');
  if (runner.removed) throw new Refusal(404, 'The runner registration has been deleted from the server');
  if (!connect(world, runner, sessionId, textOf(body, 'os'))) {
    throw new Refusal(409, 'A session for this runner already exists.');
  }
  return { status: 201, body: { runnerId: runner.id, name: runner.name } };
}

function closeSession(world: World, runner: RunnerRecord): Answer {
  disconnect(world, runner);
  return { status: 204 };
}

async function nextMessage(world: World, runner: RunnerRecord, { closed }: Call): Promise<Answer> {
  const answer = await poll(world, runner, closed);
  if (answer === 'gone') throw new Refusal(404, 'The runner registration has been deleted from the server');
  return answer === 'nothing' ? { status: 204 } : { status: 200, body: answer };
}

function acquireJob(world: World, runner: RunnerRecord, { body }: Call): Answer {
  if (!acquire(world, runner, jobOf(world, body)))
    throw new Refusal(409, 'The job is no longer assigned to this runner');
  return { status: 200, body: {} };
}

function finishJob(world: World, runner: RunnerRecord, { body }: Call): Answer {
  const conclusion = textOf(body, 'conclusion');
  if (!isConclusion(conclusion)) throw new Refusal(400, 'conclusion: expected success, failure or cancelled');
  finish(world, runner, jobOf(world, body), conclusion);
  return { status: 200, body: {} };
}

function jobOf(world: World, body: unknown): JobRecord {
  const job = world.jobs.byId(Number((body as { jobId?: unknown } | undefined)?.jobId));
  if (!job) throw new Refusal(404, 'No such job');
  return job;
}

function textOf(body: unknown, field: string): string {
  const value = (body as Record<string, unknown> | null | undefined)?.[field];
  if (typeof value !== 'string') throw new Refusal(400, `${field}: expected a text`);
  return value;
}

const isConclusion = (text: string): text is Conclusion => ['success', 'failure', 'cancelled'].includes(text);
