import type { JobRecord } from '../jobs.ts';
import { isoTime, nodeId } from './account-json.ts';
import type { Addresses } from './addresses.ts';

export const headSha = '9f1c0ae8d0a5c7d0c6a2f0c8f4f9a3b1e2d3c4b5';

/** A job as the REST API shows it, and, but for `run_url`'s neighbours, as webhooks do. */
export function jobJson({ web, rest }: Addresses, job: JobRecord, groupNames: readonly string[]): object {
  const { id, run, runner } = job;
  const repositoryUrl = `${rest}/repos/${run.repository.fullName}`;
  const page = `${web}/${run.repository.fullName}/actions/runs/${run.id}/job/${id}`;
  return {
    id,
    run_id: run.id,
    run_attempt: job.attempt,
    workflow_name: 'ci',
    name: job.name,
    node_id: nodeId('CR', id),
    head_branch: 'main',
    head_sha: headSha,
    run_url: `${repositoryUrl}/actions/runs/${run.id}`,
    url: `${repositoryUrl}/actions/jobs/${id}`,
    html_url: page,
    check_run_url: `${repositoryUrl}/check-runs/${id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: isoTime(job.createdAt),
    // GitHub gives a job that has not started the time of its creation.
    started_at: isoTime(job.startedAt ?? job.createdAt),
    completed_at: job.completedAt === null ? null : isoTime(job.completedAt),
    labels: job.labels,
    steps: stepsJson(job),
    runner_id: runner?.id ?? null,
    runner_name: runner?.name ?? null,
    runner_group_id: runner?.groupId ?? null,
    runner_group_name: groupNames[(runner?.groupId ?? 0) - 1] ?? null,
  };
}

function stepsJson(job: JobRecord): readonly object[] {
  if (job.startedAt === null) return [];
  const done = job.status === 'completed';
  const completed_at = job.completedAt === null ? null : isoTime(job.completedAt);
  const times = { started_at: isoTime(job.startedAt), completed_at };
  return [
    { name: 'Work', status: done ? 'completed' : 'in_progress', conclusion: job.conclusion, number: 1, ...times },
  ];
}
