import type { Job, JobRef } from '../../../core/job.ts';
import { readAs } from '../strict-reading.ts';
import type { GithubState } from './github-state.ts';
import { jobOf, jobSchema, stateRead } from './job-payload.ts';
import { repoPlace } from './scope.ts';

/** Null is only what GitHub itself does not know: without an installation this throws. */
export async function getJob({ installations }: GithubState, ref: JobRef): Promise<Job | null> {
  const place = repoPlace(ref.repo);
  const ask = await installations.any(place);
  const { status, data } = await ask(`GET ${place.path}/actions/jobs/{job_id}`, { job_id: ref.id }, [404]);
  if (status === 404) return null;
  const payload = readAs(jobSchema, data, 'The job');
  return jobOf(payload, stateRead(payload), { repo: ref.repo });
}
