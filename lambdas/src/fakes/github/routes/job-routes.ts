import type { Answer } from '../http/call.ts';
import { pageOf } from '../http/paging.ts';
import { Refusal } from '../http/refusal.ts';
import { cancel, rerun } from '../job-life.ts';
import { type JobRecord, latestJobs, type RunRecord, runStatus } from '../jobs.ts';
import { addressesOf } from '../shapes/addresses.ts';
import { jobJson } from '../shapes/job-json.ts';
import { runJson } from '../shapes/run-json.ts';
import type { World } from '../world.ts';
import type { RestRequest, Route } from './route.ts';

const actions = '/repos/{owner}/{repo}/actions';

/** Jobs and the runs that they belong to. */
export const jobRoutes: readonly Route[] = [
  { method: 'GET', template: `${actions}/jobs/{job_id}`, caller: 'installation', answer: showJob },
  { method: 'POST', template: `${actions}/jobs/{job_id}/rerun`, caller: 'installation', answer: rerunJob },
  { method: 'GET', template: `${actions}/runs`, caller: 'installation', answer: listRuns },
  { method: 'GET', template: `${actions}/runs/{run_id}`, caller: 'installation', answer: showRun },
  { method: 'GET', template: `${actions}/runs/{run_id}/jobs`, caller: 'installation', answer: listRunJobs },
  { method: 'POST', template: `${actions}/runs/{run_id}/cancel`, caller: 'installation', answer: cancelRun },
  { method: 'POST', template: `${actions}/runs/{run_id}/force-cancel`, caller: 'installation', answer: cancelRun },
];

function showJob(world: World, request: RestRequest): Answer {
  return { status: 200, body: jobJson(addressesOf(world), jobOf(world, request), world.runnerGroups) };
}

function rerunJob(world: World, request: RestRequest): Answer {
  const again = rerun(world, jobOf(world, request));
  if (!again) throw new Refusal(403, 'The workflow run containing this job is already running');
  return { status: 201, body: {} };
}

function listRuns(world: World, { params, query, url }: RestRequest): Answer {
  const repository = world.accounts.repository(params.owner ?? '', params.repo ?? '');
  const all = repository ? world.jobs.runsOf(repository) : [];
  const wanted = all.filter((run) => query.status === undefined || runStatus(run) === query.status);
  const { items, headers } = pageOf(wanted, url, query);
  const workflow_runs = items.map((run) => runJson(addressesOf(world), run));
  return { status: 200, headers, body: { total_count: wanted.length, workflow_runs } };
}

function showRun(world: World, request: RestRequest): Answer {
  return { status: 200, body: runJson(addressesOf(world), runOf(world, request)) };
}

function listRunJobs(world: World, request: RestRequest): Answer {
  const run = runOf(world, request);
  const all = request.query.filter === 'all' ? run.jobs : latestJobs(run);
  const visible = all.filter((job) => job.visibleAt <= world.clock.now());
  const { items, headers } = pageOf(visible, request.url, request.query);
  const jobs = items.map((job) => jobJson(addressesOf(world), job, world.runnerGroups));
  return { status: 200, headers, body: { total_count: visible.length, jobs } };
}

function cancelRun(world: World, request: RestRequest): Answer {
  const run = runOf(world, request);
  if (runStatus(run) === 'completed') throw new Refusal(409, 'Cannot cancel a workflow run that is completed.');
  for (const job of latestJobs(run)) cancel(world, job);
  return { status: 202, body: {} };
}

function jobOf(world: World, { params }: RestRequest): JobRecord {
  const job = world.jobs.byId(Number(params.job_id));
  const found = job && job.visibleAt <= world.clock.now() && isIn(job.run, params);
  if (!found) throw new Refusal(404, 'Not Found');
  return job;
}

function runOf(world: World, { params }: RestRequest): RunRecord {
  const run = world.jobs.run(Number(params.run_id));
  if (!run || !isIn(run, params)) throw new Refusal(404, 'Not Found');
  return run;
}

const isIn = (run: RunRecord, { owner, repo }: RestRequest['params']): boolean =>
  run.repository.fullName.toLowerCase() === `${owner}/${repo}`.toLowerCase();
