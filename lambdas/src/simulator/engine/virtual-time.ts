import type { Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Chance } from './chance.ts';

/** Time that jumps from one sleeper to the next. Nothing in a simulation waits for anything else. */
export interface VirtualTime {
  now(): Instant;
  sleep(seconds: number): Promise<void>;
  /** Calls it then; those of one instant in the order in which they were asked for. */
  at(instant: Instant, act: () => void): void;
  /** A clock for one part of the world, with chance of its own. `skewSeconds`: it goes wrong by that much. */
  clock(chance: Chance, skewSeconds?: number): Clock;
  /** Runs until the condition holds after some instant's work, or nobody sleeps, or that instant is passed. */
  run(until: Instant, isOver?: () => boolean): Promise<void>;
}

interface Sleeper {
  readonly at: Instant;
  readonly order: number;
  readonly act: () => void;
}

export function virtualTime(start: Instant): VirtualTime {
  const heap: Sleeper[] = [];
  let now = start;
  let order = 0;

  const at = (instant: Instant, act: () => void): void => {
    push(heap, { at: Math.max(now, Math.ceil(instant)), order: order++, act });
  };
  const sleep = (seconds: number): Promise<void> =>
    seconds > 0 ? new Promise((wake) => at(now + seconds * 1000, wake)) : Promise.resolve();

  return {
    now: () => now,
    sleep,
    at,
    clock: (chance, skewSeconds = 0) => ({
      now: () => now + skewSeconds * 1000,
      sleep,
      fraction: chance.fraction,
      id: () => idOf(chance),
    }),
    run: (until, isOver = () => false) =>
      new Promise((end, fail) => {
        const live = (): void => {
          const first = heap[0];
          if (isOver() || first === undefined || first.at > until) {
            if (!isOver()) now = Math.max(now, until);
            end();
            return;
          }
          now = first.at;
          while (heap[0]?.at === now) (pop(heap) as Sleeper).act();
          settle();
        };
        const settle = onceSettled(() => {
          try {
            live();
          } catch (error) {
            fail(error);
          }
        });
        settle();
      }),
  };
}

/**
 * A tick comes after every microtask and those that these start: all that could go on has, and no time has passed. Now and
 * then it is an immediate instead, for the process's own sake: its messages, its progress bar. Written without a promise
 * for each, as there are a hundred instants in the life of a job.
 */
function onceSettled(act: () => void): () => void {
  const microtasks = Promise.resolve();
  let ticks = 0;
  const tick = (): void => {
    ticks = (ticks + 1) % ticksAnImmediate;
    if (ticks === 0) setImmediate(act);
    else process.nextTick(act);
  };
  // Asked for in a microtask: a tick that is asked for in a tick comes before them.
  return () => void microtasks.then(tick);
}

const ticksAnImmediate = 4096;

const isBefore = (one: Sleeper, other: Sleeper): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** A binary heap, as there are millions of sleeps in a long run. */
function push(heap: Sleeper[], sleeper: Sleeper): void {
  let place = heap.length;
  heap.push(sleeper);
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isBefore(sleeper, heap[parent] as Sleeper)) break;
    heap[place] = heap[parent] as Sleeper;
    place = parent;
  }
  heap[place] = sleeper;
}

function pop(heap: Sleeper[]): Sleeper | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Sleeper, heap[child] as Sleeper)) child += 1;
    if (!isBefore(heap[child] as Sleeper, last)) break;
    heap[place] = heap[child] as Sleeper;
    place = child;
  }
  heap[place] = last;
  return top;
}

/** Looks like a UUID, as the real clock's ids do. */
function idOf(chance: Chance): string {
  const digits = (count: number): string => {
    let text = '';
    while (text.length < count)
      text += Math.floor(chance.fraction() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, count);
  };
  return [8, 4, 4, 4, 12].map(digits).join('-');
}
