import * as v from 'valibot';
import type { Job } from '../../../core/job.ts';
import { readAs } from '../strict-reading.ts';
import type { Ask } from './app-client.ts';
import type { GithubState } from './github-state.ts';
import { jobOf, jobSchema, stateRead } from './job-payload.ts';
import { pages } from './pages.ts';
import { type Place, repoPlace } from './scope.ts';

/** In the order in which a run moves on, so that one that moves while we read is not missed. */
const statuses = ['waiting', 'queued', 'in_progress'] as const;

const runsSchema = v.object({ workflow_runs: v.array(v.object({ id: v.pipe(v.number(), v.safeInteger()) })) });
const jobsSchema = v.object({ jobs: v.array(jobSchema) });

/** GitHub has no list of jobs, only of runs and of each run's jobs. */
export async function* openJobs({ installations }: GithubState, repo: string): AsyncGenerator<Job> {
  const place = repoPlace(repo);
  const ask = await installations.any(place);
  const seen = new Set<number>();
  for (const status of statuses) {
    for (const run of await runsIn(ask, place, status)) {
      if (!seen.has(run)) yield* openJobsOf(ask, place, repo, run);
      seen.add(run);
    }
  }
}

/** Read to the end before the first is used: a run that leaves the list moves others onto pages already read. */
async function runsIn(ask: Ask, place: Place, status: string): Promise<readonly number[]> {
  const runs: number[] = [];
  for await (const data of pages(ask, `GET ${place.path}/actions/runs`, { status })) {
    runs.push(...readAs(runsSchema, data, 'The list of runs').workflow_runs.map(({ id }) => id));
  }
  return runs;
}

async function* openJobsOf(ask: Ask, place: Place, repo: string, run: number): AsyncGenerator<Job> {
  const route = `GET ${place.path}/actions/runs/{run_id}/jobs`;
  for await (const data of pages(ask, route, { run_id: run, filter: 'latest' })) {
    for (const payload of readAs(jobsSchema, data, 'The list of jobs').jobs) {
      const state = stateRead(payload);
      if (state !== 'done') yield jobOf(payload, state, { repo });
    }
  }
}
