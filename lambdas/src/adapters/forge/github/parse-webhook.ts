import * as v from 'valibot';
import { MalformedError } from '../../../core/errors.ts';
import type { JobState } from '../../../core/job.ts';
import type { ForgeEvent, WebhookRequest } from '../../../ports/forge.ts';
import { verifySignature } from '../signature.ts';
import { readAs, readObject } from '../strict-reading.ts';
import { type JobPayload, jobOf, jobSchema, stateOf } from './job-payload.ts';
import { nameForm, repoForm } from './scope.ts';

const name = v.pipe(v.string(), v.regex(nameForm));
const fullName = v.pipe(v.string(), v.regex(repoForm));

const eventSchema = v.object({
  action: v.string(),
  workflow_job: jobSchema,
  repository: v.object({ full_name: fullName, owner: v.object({ login: name }) }),
  enterprise: v.nullish(v.object({ slug: name })),
});

/** Verifies the signature first, and only then reads what was signed. */
export function parseWebhook(secrets: readonly string[], { headers, rawBody }: WebhookRequest): ForgeEvent {
  verifySignature(secrets, headers['x-hub-signature-256'], rawBody);
  const body = readObject(rawBody, 'The delivery');
  const event = headers['x-github-event'] ?? '';
  if (!/^[a-z0-9_.-]{1,64}$/.test(event))
    throw new MalformedError('The delivery: X-GitHub-Event does not name an event');
  return eventOf(event, headers['x-github-delivery'] ?? '', body);
}

/** An event that is known to be GitHub's: from a verified delivery, or from the list of those that failed. */
export function eventOf(event: string, deliveryId: string, payload: unknown): ForgeEvent {
  if (event !== 'workflow_job') return { type: 'other', deliveryId, reason: `event-${event}` };
  const { action, workflow_job: job, repository, enterprise } = readAs(eventSchema, payload, 'The workflow_job event');
  const state = stateTold(action, job);
  if (!state) return { type: 'other', deliveryId, reason: 'unknown-action' };
  const home = { repo: repository.full_name, enterprise: enterprise?.slug };
  return { type: 'job', deliveryId, action, job: { ...jobOf(job, state, home), owner: repository.owner.login } };
}

/** The action tells what happened; except that a job behind a protection is `queued` as well, with status `waiting`. */
function stateTold(action: string, job: JobPayload): JobState | undefined {
  const state = stateOf(action);
  return state === 'queued' && stateOf(job.status) === 'blocked' ? 'blocked' : state;
}
