import { createHmac } from 'node:crypto';

/** A webhook as GitHub signs it: a workflow job that waits, in a repository that the forge will not know. */
export async function signedDelivery(url: string, secret: string, id: string): Promise<Response> {
  const body = JSON.stringify({
    action: 'queued',
    workflow_job: {
      id: 4_000_000_001,
      run_id: 1,
      name: 'build',
      labels: ['self-hosted', 'linux', 'x64'],
      status: 'queued',
      conclusion: null,
      created_at: '2024-01-01T00:00:00Z',
      started_at: '2024-01-01T00:00:00Z',
      completed_at: null,
      runner_id: null,
      runner_name: null,
    },
    repository: { id: 1, name: 'app', full_name: 'acme/app', owner: { login: 'acme', type: 'Organization' } },
    installation: { id: 1 },
  });
  return fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'workflow_job',
      'x-github-delivery': id,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  });
}
