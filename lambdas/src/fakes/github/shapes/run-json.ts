import { type RunRecord, runConclusion, runStatus } from '../jobs.ts';
import { isoTime, nodeId, userJson } from './account-json.ts';
import type { Addresses } from './addresses.ts';
import { headSha } from './job-json.ts';
import { repositoryJson } from './repository-json.ts';
import { sender } from './sender.ts';

const person = { name: 'dev', email: 'dev@example.com' };
const commit = { id: headSha, tree_id: headSha, message: 'Change', author: person, committer: person };

export function runJson(addresses: Addresses, run: RunRecord): object {
  const { id, repository } = run;
  const createdAt = isoTime(run.createdAt);
  const shownRepository = repositoryJson(addresses, repository);
  const actor = userJson(addresses, sender);
  return {
    id,
    name: 'ci',
    node_id: nodeId('WFR', id),
    check_suite_id: id,
    check_suite_node_id: nodeId('CS', id),
    head_branch: 'main',
    head_sha: headSha,
    head_commit: { ...commit, timestamp: createdAt },
    path: '.github/workflows/ci.yml',
    run_number: run.number,
    run_attempt: run.attempt,
    event: 'push',
    display_title: 'Change',
    workflow_id: 1,
    status: runStatus(run),
    conclusion: runConclusion(run),
    pull_requests: [],
    actor,
    triggering_actor: actor,
    created_at: createdAt,
    updated_at: isoTime(run.updatedAt),
    run_started_at: createdAt,
    ...linksOf(addresses, run),
    repository: shownRepository,
    head_repository: shownRepository,
  };
}

function linksOf({ web, rest }: Addresses, { id, repository }: RunRecord): object {
  const repositoryUrl = `${rest}/repos/${repository.fullName}`;
  const url = `${repositoryUrl}/actions/runs/${id}`;
  return {
    url,
    html_url: `${web}/${repository.fullName}/actions/runs/${id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl}/check-suites/${id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${repositoryUrl}/actions/workflows/1`,
  };
}
