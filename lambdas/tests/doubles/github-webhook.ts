import { signatureOf } from '../../src/adapters/forge/signature.ts';
import type { WebhookRequest } from '../../src/ports/forge.ts';

/** The endpoint's secrets, the one that signs first. */
export const webhookSecrets = ['current', 'previous'] as const;

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As GitHub sends it. */
export function signedWebhook(
  rawBody: Uint8Array,
  event = 'workflow_job',
  secret: string = webhookSecrets[0],
): WebhookRequest {
  const headers = {
    'x-github-event': event,
    'x-github-delivery': 'guid-1',
    'x-hub-signature-256': signatureOf(secret, rawBody),
  };
  return { headers, rawBody };
}

export const queuedJob = {
  id: 36531201234,
  run_attempt: 2,
  status: 'queued',
  conclusion: null,
  labels: ['self-hosted', 'linux'],
  runner_name: null,
  created_at: '2026-09-01T10:00:00Z',
  started_at: '2026-09-01T10:00:00Z',
  completed_at: null,
};

/** The least of a `workflow_job` that is read. */
export const queuedPayload = {
  action: 'queued',
  workflow_job: queuedJob,
  repository: { full_name: 'Acme/App', owner: { login: 'Acme' } },
  installation: { id: 1 },
};
