import { after, type Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Delivery, Queue, QueueConsumer, Request } from '../../ports/queue.ts';
import { firstIndex } from '../memory/first-index.ts';
import { type Hooks, hooked } from '../memory/hooked.ts';
import { checkDelay, checkReceiveLimit } from './check-limits.ts';

export interface MemoryQueueOptions {
  readonly clock: Pick<Clock, 'now' | 'fraction'>;
  readonly visibilitySeconds: number;
  /** Received this often and never acknowledged, a request goes to the dead letters. */
  readonly receiveLimit: number;
  /** Asked at each delivery: true leaves a second one in the queue, to be received and acknowledged by itself. */
  readonly duplicates?: () => boolean;
  /** Draws from what is visible, rather than the oldest first. */
  readonly disordered?: boolean;
  readonly hooks?: Hooks<Queue & QueueConsumer>;
}

export interface MemoryQueue extends Queue, QueueConsumer {
  deadLetters(): readonly Request[];
  /** When the next request becomes visible, or already did; undefined: there is none. */
  nextVisibleAt(): Instant | undefined;
}

interface Message {
  readonly receipt: string;
  readonly request: Request;
  readonly receiveCount: number;
  readonly visibleAt: Instant;
}

/** SQS's semantics in memory. */
export function memoryQueue(options: MemoryQueueOptions): MemoryQueue {
  const { clock, visibilitySeconds, receiveLimit } = options;
  checkReceiveLimit(receiveLimit);
  const line = messageLine();
  const dead: Request[] = [];
  let receipts = 0;
  const put = (message: Omit<Message, 'receipt'>): Message =>
    line.put({ ...message, receipt: `receipt-${++receipts}` });
  const draw = (count: number): number => (options.disordered ? Math.floor(clock.fraction() * count) : 0);

  const bury = (): void => {
    for (const message of line.visible(clock.now())) {
      if (message.receiveCount >= receiveLimit && line.remove(message.receipt)) dead.push(message.request);
    }
  };
  const deliver = (message: Message): Delivery => {
    const receiveCount = message.receiveCount + 1;
    const { receipt, request } = put({ ...message, receiveCount, visibleAt: after(clock.now(), visibilitySeconds) });
    if (options.duplicates?.()) put({ ...message, receiveCount });
    return { receipt, request, receiveCount };
  };

  const queue: Queue & QueueConsumer = {
    send: async (requests, delaySeconds) => {
      checkDelay(delaySeconds);
      const visibleAt = after(clock.now(), delaySeconds);
      for (const request of requests) put({ request: { ...request }, receiveCount: 0, visibleAt });
    },
    receive: async (limit) => {
      checkReceiveLimit(limit);
      bury();
      // All are taken before the first is put back, so that its duplicate comes with another call.
      return line.take(limit, clock.now(), draw).map(deliver);
    },
    acknowledge: async (receipts) => {
      for (const receipt of receipts) line.remove(receipt);
    },
    depth: async () => {
      bury();
      return { ...line.depth(clock.now()), dead: dead.length };
    },
  };
  return { ...hooked(queue, options.hooks), deadLetters: () => [...dead], nextVisibleAt: line.nextVisibleAt };
}

/** Messages in the order in which they become visible. */
function messageLine() {
  const line: Message[] = [];
  const byReceipt = new Map<string, Message>();
  const visibleCount = (now: Instant): number => firstIndex(line, (message) => message.visibleAt > now);

  return {
    put: (message: Message): Message => {
      line.splice(visibleCount(message.visibleAt), 0, message);
      byReceipt.set(message.receipt, message);
      return message;
    },
    take: (limit: number, now: Instant, draw: (count: number) => number): readonly Message[] => {
      const count = visibleCount(now);
      const taken = Array.from({ length: Math.min(limit, count) }, (_, index) => line.splice(draw(count - index), 1));
      for (const message of taken.flat()) byReceipt.delete(message.receipt);
      return taken.flat();
    },
    remove: (receipt: string): boolean => {
      const message = byReceipt.get(receipt);
      if (!message) return false;
      const first = firstIndex(line, (other) => other.visibleAt >= message.visibleAt);
      line.splice(line.indexOf(message, first), 1);
      return byReceipt.delete(receipt);
    },
    visible: (now: Instant): readonly Message[] => line.slice(0, visibleCount(now)),
    depth: (now: Instant) => {
      const hidden = line.slice(visibleCount(now)).filter((message) => message.receiveCount > 0).length;
      return { waiting: line.length - hidden, hidden };
    },
    nextVisibleAt: (): Instant | undefined => line[0]?.visibleAt,
  };
}
