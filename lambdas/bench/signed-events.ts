import { createRequire } from 'node:module';
import { signatureOf } from '../src/adapters/forge/signature.ts';
import type { WebhookRequest } from '../src/ports/forge.ts';

export const webhookSecret = 'a secret of the benchmark';

/** What GitHub's `workflow_job` deliveries of an organization with many custom properties come to. */
const bodyBytes = 20_000;

interface Example {
  readonly action: string;
  readonly workflow_job: object;
  readonly repository: object;
}

/** Signed `queued` deliveries as GitHub sends them, each about a job of its own. */
export function signedEvents(count: number): readonly WebhookRequest[] {
  const example = queuedExample();
  return Array.from({ length: count }, (_, index) => {
    const own = { id: 60_000_000_000 + index, status: 'queued', labels: ['self-hosted', 'linux', 'x64'] };
    const workflow_job = { ...example.workflow_job, ...own };
    const rawBody = padded({ ...example, workflow_job });
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'workflow_job',
      'x-github-delivery': `delivery-${index}`,
      'x-hub-signature-256': signatureOf(webhookSecret, rawBody),
    };
    return { headers, rawBody };
  });
}

/** The longest of the collected ones: with a deployment. */
function queuedExample(): Example {
  const require = createRequire(import.meta.url);
  const events: readonly {
    readonly name: string;
    readonly examples: readonly Example[];
  }[] = require('@octokit/webhooks-examples/api.github.com/index.json');
  const queued = events.flatMap(({ name, examples }) =>
    name === 'workflow_job' ? examples.filter(({ action }) => action === 'queued') : [],
  );
  const [longest] = queued.sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length);
  if (longest === undefined) throw new Error('There is no example of a queued workflow_job.');
  return longest;
}

/** Custom properties are the part of a payload that users make as long as they like. */
function padded(event: Example): Uint8Array {
  const missing = Math.max(0, bodyBytes - JSON.stringify(event).length);
  const properties = Array.from({ length: Math.ceil(missing / 40) }, (_, index) => [
    `property-${String(index).padStart(4, '0')}`,
    'value-of-property-01',
  ]);
  const repository = { ...event.repository, custom_properties: Object.fromEntries(properties) };
  return new TextEncoder().encode(JSON.stringify({ ...event, repository }));
}
