import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { processAtPort } from './caller-process.ts';

/** When the caller dies: before its call takes effect; once it took effect, unanswered; with its answer in hand. */
export type Death = 'before' | 'unanswered' | 'answered';

export interface CallerKiller {
  readonly url: string;
  /** How many callers died. */
  readonly killed: () => number;
  stop(): Promise<void>;
}

/** So that the answer reaches it, and little more can be done with it. */
const answeredMilliseconds = 3;

/** Passes calls on, and kills the process that makes a certain one, as a machine that loses power would. */
export async function startCallerKiller(
  upstream: string,
  action: string,
  deaths: readonly Death[],
): Promise<CallerKiller> {
  const left = [...deaths];
  let killed = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const death = body.includes(`Action=${action}&`) ? left.shift() : undefined;
    const kill = (): void => {
      const caller = processAtPort(request.socket.remotePort ?? 0);
      if (caller === undefined) throw new Error(`Nobody was found who called ${action}.`);
      process.kill(caller, 'SIGKILL');
      killed += 1;
    };
    if (death === 'before') return kill();
    const { status, text } = await pass(upstream, request, body);
    if (death === 'unanswered') return kill();
    response.writeHead(status, { 'content-type': 'text/xml;charset=UTF-8' }).end(text);
    if (death === 'answered') await sleep(answeredMilliseconds).then(kill);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    killed: () => killed,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function pass(upstream: string, { method = 'POST', headers, url = '/' }: IncomingMessage, body: string) {
  const { host: _, connection: __, 'content-length': ___, ...rest } = headers;
  const answer = await fetch(`${upstream}${url}`, { method, headers: rest as Record<string, string>, body });
  return { status: answer.status, text: await answer.text() };
}
