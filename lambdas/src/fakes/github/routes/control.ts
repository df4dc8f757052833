import { HabitError, type HabitSettings } from '../habits.ts';
import type { Answer, Call } from '../http/call.ts';
import { Refusal } from '../http/refusal.ts';
import { approve, cancel, createJobs } from '../job-life.ts';
import type { JobRecord } from '../jobs.ts';
import { type ShownJob, shownJob } from '../shapes/shown-job.ts';
import { shownRunner } from '../shapes/shown-runner.ts';
import type { World } from '../world.ts';
import { parseJobRequest } from './job-request.ts';

/** What GitHub has no API for: making jobs, looking at everything, and choosing how badly the fake behaves. */
export function control(world: World, { method, path, body }: Call): Answer {
  switch (`${method} ${path}`) {
    case 'POST /_control/jobs':
      return { status: 201, body: addJobs(world, body) };
    case 'GET /_control/jobs':
      return { status: 200, body: world.jobs.all().map(shownJob) };
    case 'GET /_control/runners':
      return { status: 200, body: world.runners.all().map((runner) => shownRunner(runner, world.clock.now())) };
    case 'POST /_control/habits':
      return { status: 200, body: setHabits(world, body) };
    default:
      return { status: 200, body: shownJob(changeJob(world, method, path)) };
  }
}

export function addJobs(world: World, body: unknown): readonly ShownJob[] {
  const { owner, repository, ...wish } = parseJobRequest(body);
  return createJobs(world, world.accounts.ensureRepository(owner, repository), wish).map(shownJob);
}

function setHabits(world: World, body: unknown): object {
  if (typeof body !== 'object' || body === null) throw new Refusal(400, 'Expected an object of habits');
  try {
    world.habits.set(body as HabitSettings);
  } catch (thrown) {
    throw thrown instanceof HabitError ? new Refusal(400, thrown.message) : thrown;
  }
  return world.habits.current();
}

function changeJob(world: World, method: string, path: string): JobRecord {
  const [, id, verb] = /^\/_control\/jobs\/(\d+)\/(cancel|approve)$/.exec(path) ?? [];
  const job = world.jobs.byId(Number(id));
  if (!job || method !== 'POST') throw new Refusal(404, 'Not Found');
  if (verb === 'cancel') cancel(world, job);
  else if (!approve(world, job)) throw new Refusal(409, `Job ${job.id} is ${job.status}, not waiting`);
  return job;
}
