import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { inParallel } from '../src/functions/in-parallel.ts';
import type { WebhookRequest } from '../src/ports/forge.ts';
import { signedEvents } from './signed-events.ts';

export interface Sent {
  readonly milliseconds: readonly number[];
  readonly seconds: number;
}

const warmUpCount = 300;
const eventCount = 2000;
const atOnce = 4;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

async function post(url: string, { headers, rawBody }: WebhookRequest): Promise<number> {
  const sentAt = performance.now();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sending = request(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': rawBody.byteLength },
    });
    sending.once('error', reject);
    sending.once('response', (response) => response.resume().once('end', () => resolve(response.statusCode)));
    sending.end(rawBody);
  });
  if (status !== 201) throw new Error(`A delivery was answered with ${status}.`);
  return performance.now() - sentAt;
}

const url = String(workerData);
const events = signedEvents(warmUpCount + eventCount);
await inParallel(events.slice(0, warmUpCount), atOnce, (event) => post(url, event));
const startedAt = performance.now();
const results = await inParallel(events.slice(warmUpCount), atOnce, (event) => post(url, event));
const seconds = (performance.now() - startedAt) / 1000;
const failed = results.find((result) => result.status === 'rejected');
if (failed) throw failed.reason;
const milliseconds = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
parentPort?.postMessage({ milliseconds, seconds } satisfies Sent);
agent.destroy();
