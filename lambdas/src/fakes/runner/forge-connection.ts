import { setTimeout as wait } from 'node:timers/promises';
import type { JitConfig } from './jit-config.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** What the runner says to its forge. */
export interface ForgeConnection {
  /** Tries again while the forge is away or failing; throws when that lasts too long, or when `signal` aborts. */
  call(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Reply>;
}

const firstWaitMilliseconds = 200;
const longestWaitMilliseconds = 5_000;

/** The forge may be away for this long without a job being lost. */
const patienceMilliseconds = 120_000;

/** `fetch` is a part of Node's start-up snapshot: a runner starts sooner with it than with `node:http`. */
export function forgeConnection({ url, token }: JitConfig): ForgeConnection {
  const once = async (method: string, path: string, body?: object, signal?: AbortSignal): Promise<Reply> => {
    const response = await fetch(`${url}/_runner/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const text = await response.text();
    if (response.status >= 500) throw new Error(`The forge answered ${response.status}`);
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };

  return {
    async call(method, path, body, signal) {
      const giveUpAt = Date.now() + patienceMilliseconds;
      for (let pause = firstWaitMilliseconds; ; pause = Math.min(pause * 2, longestWaitMilliseconds)) {
        try {
          return await once(method, path, body, signal);
        } catch (error) {
          if (signal?.aborted || Date.now() > giveUpAt) throw error;
        }
        await wait(pause, undefined, signal && { signal });
      }
    },
  };
}
