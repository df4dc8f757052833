import { expect, test } from '@jest/globals';
import { queueContract } from '../../../tests/contracts/queue-contract.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { memoryQueue } from './memory-queue.ts';

const limits = { visibilitySeconds: 30, receiveLimit: 3 };
const request = { lane: 'small/org:acme', reason: 'job-queued' };

for (const disordered of [false, true]) {
  queueContract({
    name: disordered ? 'disordered memory queue' : 'memory queue',
    make: () => {
      const clock = manualClock();
      return { queue: memoryQueue({ clock, disordered, ...limits }), ...limits, ...clock };
    },
  });
}

test('a duplicate is received and acknowledged by itself', async () => {
  let duplicates = 1;
  const queue = memoryQueue({ clock: manualClock(), ...limits, duplicates: () => duplicates-- > 0 });
  await queue.send([request], 0);
  const first = await queue.receive(10);
  const second = await queue.receive(10);
  expect([...first, ...second].map((delivery) => delivery.request)).toEqual([request, request]);
  await queue.acknowledge(first.map((delivery) => delivery.receipt));
  expect(await queue.depth()).toEqual({ waiting: 0, hidden: 1, dead: 0 });
});

test('a send fails before its effect, or after it', async () => {
  let failing: 'before' | 'after' = 'before';
  const fail = (when: 'before' | 'after') => (call: { readonly name: string }) => {
    if (call.name === 'send' && failing === when) throw new Error(`lost ${when}`);
  };
  const hooks = { before: fail('before'), after: fail('after') };
  const queue = memoryQueue({ clock: manualClock(), ...limits, hooks });
  await expect(queue.send([request], 0)).rejects.toThrow('lost before');
  expect((await queue.depth()).waiting).toBe(0);
  failing = 'after';
  await expect(queue.send([request], 0)).rejects.toThrow('lost after');
  expect((await queue.depth()).waiting).toBe(1);
});

test('dead letters are there to read', async () => {
  const clock = manualClock();
  const queue = memoryQueue({ clock, visibilitySeconds: 30, receiveLimit: 1 });
  await queue.send([request], 0);
  await queue.receive(1);
  expect(queue.nextVisibleAt()).toBe(clock.now() + 30_000);
  await clock.advance(30);
  await queue.depth();
  expect(queue.deadLetters()).toEqual([request]);
  expect(queue.nextVisibleAt()).toBeUndefined();
});
