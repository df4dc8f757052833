import type { MemoryQueue } from '../../adapters/queue/memory-queue.ts';
import { after, type Instant } from '../../core/instant.ts';
import { type ScaleUpReport, scaleUp } from '../../functions/scale-up/scale-up.ts';
import type { Delivery, QueueConsumer } from '../../ports/queue.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Fact } from '../facts.ts';
import type { Lambdas } from './lambdas.ts';

/** SQS's event source mapping: batches of what is visible to so many invocations at once. */
export interface EventSource {
  /** Something was sent, or will be visible at that time. */
  poke(): void;
}

export interface EventSourceOptions {
  readonly time: VirtualTime;
  readonly queue: QueueConsumer & Pick<MemoryQueue, 'nextVisibleAt' | 'deadLetters'>;
  readonly lambdas: Lambdas;
  readonly tell: (fact: Fact) => void;
  /** Nothing is received, as there is nothing to run. */
  readonly isAway?: () => boolean;
  /** `maximum_concurrency`. */
  readonly invocationsAtOnce: number;
  /** How many pollers share what is visible now: each invokes with what it got. */
  readonly pollers: () => number;
}

const batchLimit = 100;
/** The mapping gathers so long before it invokes (`maximum_batching_window_in_seconds`). */
const windowSeconds = 1;
/** Until it tries again where nothing could be run. */
const awaySeconds = 60;

export function eventSource(options: EventSourceOptions): EventSource {
  const { time, queue, lambdas, tell, invocationsAtOnce } = options;
  let running = 0;
  let dead = 0;
  let wakeAt: Instant | undefined;

  const wake = (): void => {
    const visibleAt = queue.nextVisibleAt();
    if (visibleAt === undefined || running >= invocationsAtOnce) return;
    const isAway = options.isAway?.() === true;
    const at = after(Math.max(time.now(), visibleAt), isAway ? awaySeconds : windowSeconds);
    if (wakeAt !== undefined && wakeAt <= at) return;
    wakeAt = at;
    time.at(at, () => {
      if (wakeAt !== at) return;
      wakeAt = undefined;
      if (options.isAway?.()) wake();
      else void serve();
    });
  };

  const serve = async (): Promise<void> => {
    const free = invocationsAtOnce - running;
    if (free <= 0) return;
    // Held until it is known how many run, or another could be begun meanwhile.
    running += free;
    const batches = spreadOver(Math.min(free, options.pollers()), await queue.receive(batchLimit));
    tellDeadLetters();
    running -= free - batches.length;
    wake();
    await Promise.all(batches.map(serveBatch));
  };
  const tellDeadLetters = (): void => {
    const letters = queue.deadLetters();
    for (const { lane } of letters.slice(dead)) tell({ kind: 'dead-letter', lane });
    dead = letters.length;
  };
  const serveBatch = async (deliveries: readonly Delivery[]): Promise<void> => {
    for (const { request } of deliveries) tell({ kind: 'lane-looked-at', ...request });
    const report = await lambdas.invoke('scale-up', (world) => scaleUp(world, deliveries));
    if (report) await queue.acknowledge(doneOf(deliveries, report));
    running -= 1;
    wake();
  };
  return { poke: wake };
}

const spreadOver = (pollers: number, deliveries: readonly Delivery[]): readonly (readonly Delivery[])[] =>
  Array.from({ length: pollers }, (_, poller) => deliveries.filter((_, place) => place % pollers === poller)).filter(
    ({ length }) => length > 0,
  );

const doneOf = (deliveries: readonly Delivery[], { failed }: ScaleUpReport): readonly string[] =>
  deliveries.map(({ receipt }) => receipt).filter((receipt) => !failed.includes(receipt));
