import { expect, test } from '@jest/globals';
import { city } from '../../../tests/city/city.ts';
import { acme, finished, overheard } from '../../../tests/city/invoke.ts';
import { aliveMachines } from '../../../tests/city/life.ts';
import { idsFrom, queueJobs } from '../../../tests/city/traffic.ts';
import { scaleDown } from '../scale-down/scale-down.ts';
import { scaleUp } from './scale-up.ts';

const delivery = { receipt: 'r', request: { lane: acme, reason: 'test' }, receiveCount: 1 };

test('a launch whose function died once it was recorded has its machines ended at the boot limit, however many', async () => {
  const { town } = overheard(city({ fleets: [{ runnersMaximumCount: 9, runnerBootTimeMinutes: 5 }] }));
  await queueJobs(town, idsFrom(1, 6));
  const ledger = { ...town.world.ledger, close: () => new Promise<never>(() => {}) };
  void scaleUp({ ...town.world, ledger }, [delivery]);
  await town.clock.advance(5);
  expect(aliveMachines(town)).toHaveLength(6);
  // Their images don't boot, and nobody looks at the lane until it is late.
  await town.clock.advance(5 * 60);
  const [plan] = await finished(town, scaleDown(town.world));
  expect(plan?.runners.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'end-unstarted'));
  expect(aliveMachines(town)).toHaveLength(0);
});
