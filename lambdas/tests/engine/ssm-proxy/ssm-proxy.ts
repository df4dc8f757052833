import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callBucket } from './call-bucket.ts';
import { refusalOf } from './ssm-limits.ts';

export interface SsmProxy {
  readonly url: string;
  /** Calls by action; those that were refused are `<action> refused`. */
  readonly counts: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** AWS's default for Get and Put together. */
const callsPerSecond = 40;

/** Stands in front of an SSM that knows no limits, and holds callers to those that AWS has. */
export async function startSsmProxy(upstreamUrl: string): Promise<SsmProxy> {
  const counts: Record<string, number> = {};
  const bucket = callBucket(callsPerSecond);
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const action = String(request.headers['x-amz-target'] ?? '').replace(/^AmazonSSM\./, '');
    const refusal = bucket.takes() ? refusalOf(action, body) : throttled;
    count(refusal ? `${action} refused` : action);
    if (refusal) return refuse(response, refusal);
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
    const forwarded = await fetch(upstreamUrl, { method: 'POST', headers: headers as Record<string, string>, body });
    response.writeHead(forwarded.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(Buffer.from(await forwarded.arrayBuffer()));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, counts, stop: () => stop(server) };
}

export interface Refusal {
  readonly type: string;
  readonly message: string;
}

const throttled: Refusal = { type: 'ThrottlingException', message: 'Rate exceeded' };

const refuse = (response: ServerResponse, { type, message }: Refusal): void => {
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify({ __type: type, message }));
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
