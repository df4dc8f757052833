import * as v from 'valibot';
import type { Job } from '../../../core/job.ts';
import type { ForgeEvent, WebhookRequest } from '../../../ports/forge.ts';
import { signatureOf, verifySignature } from '../signature.ts';
import { readAs, readObject } from '../strict-reading.ts';

const text = v.string();
const instant = v.number();

const jobSchema = v.object({
  key: text,
  ref: v.object({ repo: text, id: text, attempt: v.pipe(v.number(), v.safeInteger()) }),
  state: v.picklist(['blocked', 'queued', 'running', 'done']),
  labels: v.array(text),
  owner: v.exactOptional(text),
  enterprise: v.exactOptional(text),
  runnerName: v.exactOptional(text),
  conclusion: v.exactOptional(text),
  queuedAt: v.exactOptional(instant),
  startedAt: v.exactOptional(instant),
  doneAt: v.exactOptional(instant),
});

const bodySchema = v.object({ action: text, job: v.exactOptional(jobSchema) });

/** Signed as GitHub signs, but the body is simply `{ action, job? }`. */
export function parseMemoryWebhook(secrets: readonly string[], request: WebhookRequest): ForgeEvent {
  verifySignature(secrets, request.headers['x-hub-signature-256'], request.rawBody);
  const body = readAs(bodySchema, readObject(request.rawBody, 'The event'), 'The event');
  const deliveryId = request.headers['x-github-delivery'] ?? '';
  if (!body.job) return { type: 'other', deliveryId, reason: `event-${body.action}` };
  return { type: 'job', deliveryId, action: body.action, job: body.job };
}

/** What this forge would send about the job. */
export function signedDelivery(secret: string, deliveryId: string, action: string, job?: Job): WebhookRequest {
  const rawBody = new TextEncoder().encode(JSON.stringify({ action, job }));
  return {
    headers: { 'x-github-delivery': deliveryId, 'x-hub-signature-256': signatureOf(secret, rawBody) },
    rawBody,
  };
}
