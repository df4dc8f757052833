import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Call } from './call.ts';
import { Refusal } from './refusal.ts';

export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

const bodyLimitBytes = 1_000_000;

/** Serves JSON on this machine alone; the port is free where 0 is asked for. */
export function serve(port: number, answer: (call: Call) => Promise<Answer>): Promise<RunningServer> {
  const server = createServer((request, response) => {
    // What cannot be written has nobody left to read it.
    respond(request, response, answer).catch(() => response.destroy());
  });
  // Longer than clients keep an idle connection, so that none writes into one that just closes.
  server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({ port: (server.address() as AddressInfo).port, stop: () => stop(server) });
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (call: Call) => Promise<Answer>,
): Promise<void> {
  const { status, body, headers } = await callOf(request, response).then(answer).catch(refusalAnswer);
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' };
  // The rest of a body that was too large is not worth reading.
  const close = status === 413 ? { Connection: 'close' } : {};
  response.writeHead(status, { ...type, 'Content-Length': Buffer.byteLength(text), ...close, ...headers });
  response.end(text);
}

async function callOf(request: IncomingMessage, response: ServerResponse): Promise<Call> {
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  const { pathname, searchParams } = urlOf(request);
  return {
    method: request.method ?? 'GET',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: request.headers as Record<string, string | undefined>,
    body: parseBody(await readBody(request)),
    closed: closed.signal,
  };
}

function urlOf(request: IncomingMessage): URL {
  const url = URL.parse(`http://127.0.0.1${request.url ?? '/'}`);
  if (!url) throw new Refusal(400, 'Malformed address');
  return url;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) throw new Refusal(413, `The body is larger than ${bodyLimitBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}

/** A refusal is an answer like another; anything else is a fault of the fake. */
export function refusalAnswer(thrown: unknown): Answer {
  const documentation_url = 'https://docs.github.com/rest';
  if (!(thrown instanceof Refusal)) {
    return { status: 500, body: { message: String(thrown), documentation_url, status: '500' } };
  }
  const { status, message, headers } = thrown;
  return { status, body: { message, documentation_url, status: String(status) }, headers };
}
