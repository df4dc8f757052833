import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { signatureOf } from '../../src/adapters/forge/signature.ts';
import type { Question } from './ask.ts';

interface Examples {
  readonly name: string;
  readonly examples: readonly Payload[];
}

// biome-ignore lint/suspicious/noExplicitAny: a payload of any event, which tests change wherever they like
export type Payload = any;

const require = createRequire(import.meta.url);
const versions = ['api.github.com', 'ghes-33', 'ghes-34', 'ghes-35'];

/** Every example of an event that GitHub or one of its Enterprise Servers sent. */
export const examplesOf = (event: string): readonly Payload[] =>
  all().flatMap((one) => (one.name === event ? one.examples : []));

export const eventNames = (): readonly string[] => [...new Set(all().map(({ name }) => name))];

const all = (): readonly Examples[] =>
  versions.flatMap((version): Examples[] => require(`@octokit/webhooks-examples/${version}/index.json`));

/** A job that waits for a runner since just now, as a delivery tells it. */
export function queuedPayload(id = 1): Payload {
  const blocked = examplesOf('workflow_job').find(({ workflow_job }) => workflow_job.labels.includes('k8s'));
  const job = { ...blocked.workflow_job, id, status: 'queued', created_at: new Date().toISOString() };
  return { ...blocked, action: 'queued', workflow_job: job };
}

/** As GitHub makes it. A text or bytes are sent as they are; anything else as JSON. */
export function delivery(secret: string, body: unknown, event = 'workflow_job'): Question {
  const bytes =
    body instanceof Uint8Array
      ? Buffer.from(body)
      : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return {
    method: 'POST',
    path: '/webhook',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/fa4e1a9',
      'x-github-delivery': randomUUID(),
      'x-github-event': event,
      'x-github-hook-id': '109948940',
      'x-hub-signature-256': signatureOf(secret, bytes),
    },
    body: bytes,
  };
}
