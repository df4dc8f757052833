import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../core/errors.ts';
import { bodyLimitBytes, tooLarge, type WebhookAnswer } from '../functions/webhook/webhook.ts';
import type { WebhookRequest } from '../ports/forge.ts';
import type { Log } from '../ports/log.ts';
import { eventStream } from './event-stream.ts';
import { pageFile, pageHeaders } from './page/page-files.ts';
import { readBody } from './read-body.ts';
import type { ShownState } from './shown-state.ts';

export interface ServeOptions {
  readonly port: number;
  readonly webhook: (request: WebhookRequest) => Promise<WebhookAnswer>;
  readonly state: () => Promise<ShownState>;
  readonly queueJobs?: (count: number) => void;
  readonly log: Log;
}

export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const requestSeconds = 30;
const demoJobsLimit = 1000;

/** The stack's HTTP side. On this machine alone: who wants it elsewhere puts a proxy in front. */
export async function serve(options: ServeOptions): Promise<Server> {
  const events = eventStream(options.state, options.log);
  const server = createServer({ requestTimeout: requestSeconds * 1000 }, (request, response) => {
    handle(options, events, request, response).catch((error: unknown) => {
      // Who left in the middle of a body waits for no answer, and did us no harm.
      if (error === request.errored) return;
      options.log.error('A request failed.', { path: pathOf(request), reason: messageOf(error) });
      if (!response.headersSent) send(response, { status: 503, body: { reason: 'try-again' } });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      events.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function handle(
  options: ServeOptions,
  events: ReturnType<typeof eventStream>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  if (path === '/webhook') return send(response, await answerWebhook(options, request));
  if (path === '/api/demo/jobs' && options.queueJobs !== undefined) {
    return send(response, await queueDemoJobs(options.queueJobs, request));
  }
  // Not HEAD: there is no answer without its body, which has no end.
  if (path === '/api/events') return request.method === 'GET' ? events.join(response) : send(response, only('GET'));
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, only('GET, HEAD'));
  if (path === '/healthz') return send(response, { status: 200, body: { ok: true } });
  if (path === '/api/state') return send(response, { status: 200, body: await options.state() });
  const file = pageFile(path);
  if (file === undefined) return send(response, { status: 404, body: { reason: 'not-found' } });
  response.writeHead(200, { ...pageHeaders, 'content-type': file.contentType });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

const only = (allow: string): Answer => ({
  status: 405,
  body: { reason: 'method-not-allowed' },
  headers: { allow },
});

async function answerWebhook({ webhook }: ServeOptions, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'POST') return only('POST');
  const rawBody = await readBody(request, bodyLimitBytes);
  if (rawBody === 'too-large') return tooLarge;
  return webhook({ headers: headersOf(request), rawBody });
}

const headersOf = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );

async function queueDemoJobs(queueJobs: (count: number) => void, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'POST') return only('POST');
  // A page of another origin can send plain text without asking, but not this.
  if (request.headers['content-type'] !== 'application/json') {
    return { status: 415, body: { reason: 'unsupported-media-type', message: 'send application/json' } };
  }
  const body = await readBody(request, 1024);
  const count = body === 'too-large' ? undefined : countIn(body);
  if (count === undefined) {
    return {
      status: 400,
      body: { reason: 'malformed', message: `"count" must be a whole number from 1 to ${demoJobsLimit}` },
    };
  }
  queueJobs(count);
  return { status: 201, body: { reason: 'queued', count } };
}

function countIn(body: Uint8Array): number | undefined {
  try {
    const { count } = JSON.parse(Buffer.from(body).toString()) as { count?: unknown };
    const isFit = typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= demoJobsLimit;
    return isFit ? count : undefined;
  } catch {
    return undefined;
  }
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?')[0] ?? '/';

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
  response.end(`${JSON.stringify(body)}\n`);
}
