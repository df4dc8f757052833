import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pageFile, pageHeaders } from '../../src/local/page/page-files.ts';
import type { ShownState } from '../../src/local/shown-state.ts';

/** A stack that serves the real page, and tells it what the test says. */
export interface ScriptedStack {
  readonly url: string;
  /** What was posted to `/api/demo/jobs`. */
  readonly posted: readonly unknown[];
  /** What posts are answered with from now on. */
  answerPosts(status: number): void;
  /** Tells all pages; and whoever comes later. */
  tell(state: ShownState): void;
  /** From now on it accepts connections, and says nothing; until it is told something. */
  hush(): void;
  /** Every connection breaks, and none is accepted until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function scriptedStack(first: ShownState): Promise<ScriptedStack> {
  let state = first;
  let toldAt = Date.now();
  let isHushed = false;
  let postStatus = 202;
  let server: Server;
  let port = 0;
  const listening = new Set<ServerResponse>();
  const posted: unknown[] = [];

  /** As a real stack would tell it: its clock goes on. */
  const stateNow = (): ShownState => ({ ...state, at: state.at + (Date.now() - toldAt) });
  const tellAll = (): void => {
    for (const response of listening) response.write(eventOf(stateNow()));
  };
  const answerEvents = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    if (!isHushed) response.write(eventOf(stateNow()));
    listening.add(response);
    response.on('close', () => listening.delete(response));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (request.method === 'POST' && path === '/api/demo/jobs') {
      posted.push(JSON.parse(await text(request)));
      response.writeHead(postStatus).end();
    } else if (path === '/api/events') answerEvents(response);
    else if (path === '/api/state') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(stateNow()));
    } else answerPage(path, response);
  };
  const start = async (): Promise<void> => {
    server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };

  await start();
  // The page takes silence for absence, so a stack speaks even when nothing happens.
  const heartbeat = setInterval(() => {
    if (!isHushed) tellAll();
  }, 1000);
  heartbeat.unref();

  return {
    url: `http://127.0.0.1:${port}/`,
    posted,
    answerPosts: (status) => {
      postStatus = status;
    },
    tell: (next) => {
      state = next;
      toldAt = Date.now();
      isHushed = false;
      tellAll();
    },
    hush: () => {
      isHushed = true;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start,
  };
}

const eventOf = (state: ShownState): string => `data: ${JSON.stringify(state)}\n\n`;

function answerPage(path: string, response: ServerResponse): void {
  const file = pageFile(path);
  if (file === undefined) response.writeHead(404).end();
  else response.writeHead(200, { ...pageHeaders, 'content-type': file.contentType }).end(file.body);
}
