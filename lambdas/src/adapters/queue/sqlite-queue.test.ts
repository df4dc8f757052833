import { expect, test } from '@jest/globals';
import { queueContract } from '../../../tests/contracts/queue-contract.ts';
import { scratchPaths } from '../../../tests/scratch/scratch-path.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { sqliteQueue } from './sqlite-queue.ts';

const scratch = scratchPaths();
const limits = { visibilitySeconds: 30, receiveLimit: 3 };
const request = { lane: 'small/org:acme', reason: 'job-queued' };

queueContract({
  name: 'SQLite queue',
  make: () => {
    const clock = manualClock();
    return {
      queue: scratch.closing(sqliteQueue({ path: scratch.path('queue.db'), clock, ...limits })),
      ...limits,
      ...clock,
    };
  },
});

test('a restart goes on where it was: the delayed stay delayed, the hidden reappear in their time', async () => {
  const clock = manualClock();
  const path = scratch.path('queue.db');
  const before = sqliteQueue({ path, clock, ...limits });
  await before.send([request], 0);
  await before.send([{ ...request, lane: 'later' }], 60);
  expect(await before.receive(10)).toHaveLength(1);
  before[Symbol.dispose]();

  const again = scratch.closing(sqliteQueue({ path, clock, ...limits }));
  expect(await again.depth()).toEqual({ waiting: 1, hidden: 1, dead: 0 });
  expect(await again.receive(10)).toEqual([]);
  await clock.advance(30);
  expect(await again.receive(10)).toEqual([expect.objectContaining({ request, receiveCount: 2 })]);
  await clock.advance(30);
  expect((await again.receive(10)).map((delivery) => delivery.request.lane).sort()).toEqual(['later', request.lane]);
});

test('who acknowledges what another received since acknowledges nothing', async () => {
  const clock = manualClock();
  const path = scratch.path('queue.db');
  const [one, other] = [1, 2].map(() => scratch.closing(sqliteQueue({ path, clock, ...limits })));
  await one?.send([request], 0);
  const late = (await one?.receive(1)) ?? [];
  await clock.advance(30);
  expect(await other?.receive(1)).toHaveLength(1);
  await one?.acknowledge(late.map((delivery) => delivery.receipt));
  expect(await one?.depth()).toEqual({ waiting: 0, hidden: 1, dead: 0 });
});
