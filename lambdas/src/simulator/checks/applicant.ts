import type { Job } from '../../core/job.ts';
import type { PlannedJob } from '../workloads/workload.ts';

/** A job as far as it says which fleet may take it. */
export const applicantOf = ({
  labels,
  repo,
}: Pick<PlannedJob, 'labels' | 'repo'>): Pick<Job, 'labels' | 'ref' | 'owner'> => ({
  labels,
  ref: { repo, id: '', attempt: 1 },
  owner: repo.split('/')[0] ?? repo,
});
