import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Delivery, Queue, QueueConsumer, Request } from '../../src/ports/queue.ts';
import { contract, type Skip } from './contract.ts';

/** An empty queue, the limits that it was made with, and the means to move its clock. */
export interface QueueSubject {
  readonly queue: Queue & QueueConsumer;
  readonly visibilitySeconds: number;
  readonly receiveLimit: number;
  readonly advance: (seconds: number) => Promise<void>;
}

export interface QueueContract {
  readonly name: string;
  readonly make: () => QueueSubject | Promise<QueueSubject>;
  readonly skips?: readonly Skip[];
}

const request = (lane: string): Request => ({ lane, reason: 'job-queued' });
const lanesOf = (deliveries: readonly Delivery[]) => deliveries.map((delivery) => delivery.request.lane).sort();
const receiptsOf = (deliveries: readonly Delivery[]) => deliveries.map((delivery) => delivery.receipt);

/** What the doorbell does, whatever carries it. */
export function queueContract({ name, make, skips }: QueueContract): void {
  contract(
    `${name} keeps the queue's contract`,
    { ...sendFacts(make), ...receiveFacts(make), ...lossFacts(make) },
    skips,
  );
}

const sendFacts = (make: QueueContract['make']) => ({
  'what was sent is received whole': async () => {
    const { queue } = await make();
    await queue.send([request('a'), request('b')], 0);
    const deliveries = await queue.receive(10);
    expect(lanesOf(deliveries)).toEqual(['a', 'b']);
    expect(deliveries.every((delivery) => delivery.receiveCount === 1)).toBe(true);
    expect(deliveries[0]?.request.reason).toBe('job-queued');
  },

  'sending nothing sends nothing': async () => {
    const { queue } = await make();
    await queue.send([], 0);
    expect(await queue.receive(10)).toEqual([]);
  },

  'a delayed request is seen no sooner than its delay': async () => {
    const { queue, advance } = await make();
    await queue.send([request('a')], 900);
    await advance(899);
    expect(await queue.receive(10)).toEqual([]);
    expect(await queue.depth()).toEqual({ waiting: 1, hidden: 0, dead: 0 });
    await advance(1);
    expect(lanesOf(await queue.receive(10))).toEqual(['a']);
  },

  'a delay that no queue takes is refused, and nothing is sent': async () => {
    const { queue } = await make();
    for (const delay of [-1, 901, Number.NaN]) {
      await expect(queue.send([request('a')], delay)).rejects.toThrow(RangeError);
    }
    expect(await queue.depth()).toEqual({ waiting: 0, hidden: 0, dead: 0 });
  },
});

const receiveFacts = (make: QueueContract['make']) => ({
  'no more are received than were asked for': async () => {
    const { queue } = await make();
    await queue.send(
      Array.from({ length: 12 }, (_, index) => request(`lane-${index}`)),
      0,
    );
    expect(await queue.receive(5)).toHaveLength(5);
    expect(await queue.receive(100)).toHaveLength(7);
    await expect(queue.receive(0)).rejects.toThrow(RangeError);
  },

  'what was received is hidden, and comes back if it is not acknowledged': async () => {
    const { queue, advance, visibilitySeconds } = await make();
    await queue.send([request('a')], 0);
    await queue.receive(1);
    await advance(visibilitySeconds - 1);
    expect(await queue.receive(1)).toEqual([]);
    await advance(1);
    expect(await queue.receive(1)).toEqual([expect.objectContaining({ request: request('a'), receiveCount: 2 })]);
  },

  'what was acknowledged never comes back': async () => {
    const { queue, advance, visibilitySeconds } = await make();
    await queue.send([request('a'), request('b')], 0);
    const [first, ...others] = await queue.receive(10);
    await queue.acknowledge(receiptsOf(first ? [first] : []));
    await advance(visibilitySeconds);
    expect(lanesOf(await queue.receive(10))).toEqual(lanesOf(others));
  },

  'an acknowledgement counts after the visibility time too, while nobody received it again': async () => {
    const { queue, advance, visibilitySeconds } = await make();
    await queue.send([request('a')], 0);
    const deliveries = await queue.receive(1);
    await advance(visibilitySeconds + 1);
    await queue.acknowledge(receiptsOf(deliveries));
    expect(await queue.receive(1)).toEqual([]);
  },

  'an unknown receipt is no error': async () => {
    const { queue } = await make();
    await queue.send([request('a')], 0);
    const receipts = receiptsOf(await queue.receive(1));
    await queue.acknowledge(['never-given', ...receipts, ...receipts]);
    await queue.acknowledge([]);
    expect(await queue.depth()).toEqual({ waiting: 0, hidden: 0, dead: 0 });
  },

  'concurrent receivers share what is there': async () => {
    const { queue } = await make();
    const lanes = Array.from({ length: 30 }, (_, index) => `lane-${index}`).sort();
    await queue.send(lanes.map(request), 0);
    const received = await Promise.all(Array.from({ length: 8 }, () => queue.receive(5)));
    expect(lanesOf(received.flat())).toEqual(lanes);
  },

  'what was received too often ends among the dead letters': async () => {
    const { queue, advance, visibilitySeconds, receiveLimit } = await make();
    await queue.send([request('a')], 0);
    for (let count = 1; count <= receiveLimit; count++) {
      expect(await queue.receive(1)).toEqual([expect.objectContaining({ receiveCount: count })]);
      await advance(visibilitySeconds);
    }
    expect(await queue.receive(1)).toEqual([]);
    expect(await queue.depth()).toEqual({ waiting: 0, hidden: 0, dead: 1 });
  },

  'depth tells the waiting from the hidden': async () => {
    const { queue, advance, visibilitySeconds } = await make();
    await queue.send([request('a'), request('b')], 0);
    await queue.send([request('later')], 60);
    await queue.receive(1);
    expect(await queue.depth()).toEqual({ waiting: 2, hidden: 1, dead: 0 });
    await advance(visibilitySeconds);
    expect(await queue.depth()).toEqual({ waiting: 3, hidden: 0, dead: 0 });
  },
});

type Step =
  | { readonly send: number; readonly delay: number }
  | { readonly receive: number; readonly keep: boolean }
  | { readonly advance: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ send: fc.integer({ min: 0, max: 4 }), delay: fc.integer({ min: 0, max: 60 }) }),
    fc.record({ receive: fc.integer({ min: 1, max: 5 }), keep: fc.boolean() }),
    fc.record({ advance: fc.integer({ min: 0, max: 40 }) }),
  ),
  { maxLength: 40 },
);

const lossFacts = (make: QueueContract['make']) => ({
  'whatever is done, each request was acknowledged, is still there, or is dead': async () => {
    const run = async (todo: readonly Step[]): Promise<void> => {
      const { queue, advance } = await make();
      const [sent, acknowledged] = [new Set<string>(), new Set<string>()];
      for (const step of todo) {
        if ('advance' in step) await advance(step.advance);
        else if ('send' in step) await queue.send(newRequests(step.send, sent), step.delay);
        else await receiveSome(queue, step, acknowledged);
      }
      const depth = await queue.depth();
      expect(depth.waiting + depth.hidden + depth.dead).toBe(sent.size - acknowledged.size);
    };
    await fc.assert(fc.asyncProperty(steps, run), { numRuns: 50 });
  },
});

function newRequests(count: number, sent: Set<string>): readonly Request[] {
  const requests = Array.from({ length: count }, (_, index) => request(`lane-${sent.size + index}`));
  for (const { lane } of requests) sent.add(lane);
  return requests;
}

async function receiveSome(
  queue: QueueConsumer,
  step: { readonly receive: number; readonly keep: boolean },
  acknowledged: Set<string>,
): Promise<void> {
  const deliveries = await queue.receive(step.receive);
  for (const lane of lanesOf(deliveries)) expect(acknowledged.has(lane)).toBe(false);
  if (step.keep) return;
  await queue.acknowledge(receiptsOf(deliveries));
  for (const lane of lanesOf(deliveries)) acknowledged.add(lane);
}
