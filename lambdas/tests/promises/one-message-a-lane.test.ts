import { expect, test } from '@jest/globals';
import { city } from '../city/city.ts';
import { live, liveUntil } from '../city/life.ts';
import { idsFrom, queueJobs } from '../city/traffic.ts';

test('lanes that wait for hours at the limit cost a handful of messages each', async () => {
  const town = city({ fleets: [{ runnersMaximumCount: 4 }] });
  let sent = 0;
  const queue = {
    ...town.world.queue,
    send: async (...args: Parameters<typeof town.world.queue.send>) => {
      sent += args[0].length;
      return town.world.queue.send(...args);
    },
  };
  const busy = { ...town, world: { ...town.world, queue } };
  const truth = live(busy, { jobSeconds: 20_000 });
  await queueJobs(busy, idsFrom(1, 4));
  await liveUntil(busy, 300, () => truth.runs.size === 4);
  for (const owner of ['a', 'b', 'c', 'd', 'e']) await queueJobs(busy, idsFrom(owner.charCodeAt(0) * 10, 5), owner);
  await town.clock.advance(1800);
  sent = 0;
  await town.clock.advance(4 * 3600);
  // One a lane in five minutes: 240 in four hours, and those that the jitter doubled.
  expect(sent).toBeLessThan(400);
  expect((await town.queue.depth()).waiting).toBeLessThan(15);
});

test('a launch that nobody can settle for hours costs its lane a message in two minutes', async () => {
  const town = city({ fleets: [{ runnersMaximumCount: 4 }] });
  let isLost = true;
  let sent = 0;
  const compute = {
    ...town.compute,
    launch: async (request: Parameters<typeof town.compute.launch>[0]) => {
      const result = await town.compute.launch(request);
      if (isLost) throw new Error('timeout');
      return result;
    },
  };
  const queue = {
    ...town.world.queue,
    send: async (...args: Parameters<typeof town.world.queue.send>) => {
      sent += args[0].length;
      return town.world.queue.send(...args);
    },
  };
  const lost = { ...town, world: { ...town.world, compute, queue } };
  live(lost, { choose: () => undefined });
  await queueJobs(lost, [1, 2]);
  await town.clock.advance(300);
  isLost = false;
  town.compute.breakLists(0);
  sent = 0;
  await town.clock.advance(4 * 3600);
  expect(sent).toBeLessThan(400);
  expect((await town.queue.depth()).waiting).toBeLessThan(5);
  expect(town.queue.deadLetters()).toEqual([]);
});
