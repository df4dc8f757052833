import { setTimeout as wait } from 'node:timers/promises';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../ports/log.ts';

export interface Timers {
  /** Runs the work again and again, a pause apart, never twice at once. What it throws is logged; it goes on. */
  every(name: string, pauseSeconds: number, work: () => Promise<unknown>): void;
  /** Lets what runs now finish, and starts nothing more; pauses end at once. */
  stop(): Promise<void>;
}

/** What EventBridge and the event source mapping are on AWS. */
export function timers(log: Log): Timers {
  const stopped = new AbortController();
  const { signal } = stopped;
  const loops: Promise<void>[] = [];

  async function loop(name: string, pauseSeconds: number, work: () => Promise<unknown>): Promise<void> {
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        log.error('A timer’s work failed.', { timer: name, reason: messageOf(error) });
      }
      await wait(pauseSeconds * 1000, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    every(name, pauseSeconds, work) {
      loops.push(loop(name, pauseSeconds, work));
    },
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}
