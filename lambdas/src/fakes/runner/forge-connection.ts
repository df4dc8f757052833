import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { JitConfig } from './jit-config.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** One connection to the forge, kept open. */
export interface ForgeConnection {
  /** Tries again while the forge is away or failing; throws when that lasts too long, or `signal` aborts. */
  call(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Reply>;
  close(): void;
}

const firstWaitMilliseconds = 200;
const longestWaitMilliseconds = 5_000;

/** The forge may be away for this long without a job being lost. */
const patienceMilliseconds = 120_000;

/** `node:http` and not `fetch`: it starts a runner some 30 ms sooner, and a demo starts hundreds. */
export function forgeConnection({ url, token }: JitConfig): ForgeConnection {
  const agent = new Agent({ keepAlive: true });
  const once = (method: string, path: string, body?: object, signal?: AbortSignal): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const headers = { authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(text) };
      const options = { agent, method, headers, ...(signal && { signal }) };
      const sent = request(new URL(`/_runner/${path}`, url), options, (response) => {
        read(response).then(resolve, reject);
      });
      sent.on('error', reject);
      sent.end(text);
    });

  return {
    async call(method, path, body, signal) {
      const giveUpAt = Date.now() + patienceMilliseconds;
      for (let pause = firstWaitMilliseconds; ; pause = Math.min(pause * 2, longestWaitMilliseconds)) {
        const outcome = await once(method, path, body, signal).catch((error: Error) => error);
        if (!(outcome instanceof Error) && outcome.status < 500) return outcome;
        if (signal?.aborted || Date.now() > giveUpAt) throw failureOf(outcome);
        await wait(pause, undefined, signal && { signal });
      }
    },
    close: () => agent.destroy(),
  };
}

const failureOf = (outcome: Error | Reply): Error =>
  outcome instanceof Error ? outcome : new Error(`The forge answered ${outcome.status}`);

async function read(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text) };
}
