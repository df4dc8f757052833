import { randomUUID } from 'node:crypto';
import type { FakeClock } from './clock.ts';
import type { Deliveries, Delivery } from './deliveries.ts';
import type { Durations } from './durations.ts';
import type { Habits } from './habits.ts';
import { type Attempt, type AttemptParts, post, unreached } from './hook-attempt.ts';

/** Where the App wants to be told, and how. */
export interface HookConfig {
  readonly url: string | undefined;
  readonly secret: string;
  readonly insecureSsl: string;
}

/** One event, before its first attempt. */
export interface HookEvent {
  readonly event: string;
  readonly action: string;
  readonly installationId: number;
  readonly repositoryId: number;
  readonly payload: object;
}

/** The App's one webhook. */
export interface Hook {
  config(): HookConfig;
  configure(change: Partial<HookConfig>): void;
  /** Sends as GitHub does, or as badly as the habits want. Without URL nothing is sent or recorded. */
  send(event: HookEvent): void;
  redeliver(delivery: Delivery): void;
  /** Drops what is on its way. */
  stop(): void;
}

export interface HookParts {
  readonly clock: FakeClock;
  readonly durations: Durations;
  readonly habits: Habits;
  readonly deliveries: Deliveries;
  readonly appId: number;
  readonly config: HookConfig;
  /** Called after each attempt. */
  changed(): void;
}

/** More at once would only make the receiver open more sockets than two cores can serve. */
const concurrentLimit = 32;

export function hook(parts: HookParts): Hook {
  const { clock, durations, habits } = parts;
  const stopped = new AbortController();
  let config = parts.config;
  const attemptParts = (): AttemptParts => ({ ...parts, config, stopped: stopped.signal });
  const push = atMost(concurrentLimit, async (next: Attempt): Promise<void> => {
    const sent = await post(attemptParts(), next);
    if (stopped.signal.aborted) return;
    parts.deliveries.add(sent);
    parts.changed();
  });

  return {
    config: () => config,
    configure: (change) => {
      config = { ...config, ...change };
    },
    send(event) {
      if (config.url === undefined || habits.strikes('lostEvents')) return;
      const first: Attempt = { ...event, guid: randomUUID(), redelivery: false };
      if (habits.strikes('failedEvents')) {
        parts.deliveries.add(unreached(attemptParts(), first));
        return;
      }
      const delaySeconds = delayOf(habits, durations);
      const copies = habits.strikes('doubledEvents') ? [first, first] : [first];
      const sendAll = (): void => copies.forEach(push);
      if (delaySeconds > 0) clock.later(delaySeconds, sendAll);
      else sendAll();
    },
    redeliver: ({ request, ...delivery }) => push({ ...delivery, payload: request.payload, redelivery: true }),
    stop: () => stopped.abort(),
  };
}

function delayOf(habits: Habits, durations: Durations): number {
  const late = habits.strikes('lateEvents') ? habits.fraction() * durations.lateEventSeconds : 0;
  const disordered = habits.strikes('disorderedEvents') ? habits.fraction() * durations.disorderSeconds : 0;
  return late + disordered;
}

/** Takes work at any time, and does so much of it at once, in the order in which it came. */
function atMost<Work>(limit: number, act: (work: Work) => Promise<void>): (work: Work) => void {
  const waiting: Work[] = [];
  let underWay = 0;
  const pump = (): void => {
    while (underWay < limit && waiting.length > 0) {
      underWay += 1;
      void act(waiting.shift() as Work).finally(() => {
        underWay -= 1;
        pump();
      });
    }
  };
  return (work) => {
    waiting.push(work);
    pump();
  };
}
