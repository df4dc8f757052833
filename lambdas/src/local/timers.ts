import { messageOf } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';

export interface Timers {
  /** Runs the work again and again, a pause apart, never twice at once. What it throws is logged; it goes on. */
  every(name: string, pauseSeconds: number, work: () => Promise<unknown>): void;
  /** Lets what runs now finish, and starts nothing more. */
  stop(): Promise<void>;
}

/** What EventBridge and the event source mapping are on AWS. */
export function timers({ clock, log }: { readonly clock: Clock; readonly log: Log }): Timers {
  let isStopped = false;
  const loops: Promise<void>[] = [];

  async function loop(name: string, pauseSeconds: number, work: () => Promise<unknown>): Promise<void> {
    while (!isStopped) {
      try {
        await work();
      } catch (error) {
        log.error('A timer’s work failed.', { timer: name, reason: messageOf(error) });
      }
      if (!isStopped) await clock.sleep(pauseSeconds);
    }
  }

  return {
    every(name, pauseSeconds, work) {
      loops.push(loop(name, pauseSeconds, work));
    },
    async stop() {
      isStopped = true;
      await Promise.all(loops);
    },
  };
}
