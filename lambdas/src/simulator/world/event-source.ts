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
  readonly queue: QueueConsumer & { nextVisibleAt(): Instant | undefined };
  readonly lambdas: Lambdas;
  readonly tell: (fact: Fact) => void;
  /** Nothing is received, as there is nothing to run. */
  readonly isAway?: () => boolean;
  /** `maximum_concurrency`. */
  readonly invocationsAtOnce: number;
}

const batchLimit = 100;
/** The mapping gathers so long before it invokes (`maximum_batching_window_in_seconds`). */
const windowSeconds = 1;
/** Until it tries again where nothing could be run. */
const awaySeconds = 60;

export function eventSource(options: EventSourceOptions): EventSource {
  const { time, queue, lambdas, tell, invocationsAtOnce } = options;
  let running = 0;
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
    if (running >= invocationsAtOnce) return;
    running += 1;
    const deliveries = await queue.receive(batchLimit);
    if (deliveries.length > 0) {
      wake();
      for (const { request } of deliveries) tell({ kind: 'lane-looked-at', lane: request.lane });
      const report = await lambdas.invoke('scale-up', (world) => scaleUp(world, deliveries));
      if (report) await queue.acknowledge(doneOf(deliveries, report));
    }
    running -= 1;
    wake();
  };
  return { poke: wake };
}

const doneOf = (deliveries: readonly Delivery[], { failed }: ScaleUpReport): readonly string[] =>
  deliveries.map(({ receipt }) => receipt).filter((receipt) => !failed.includes(receipt));
