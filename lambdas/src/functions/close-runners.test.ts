import { expect, test } from '@jest/globals';
import { city } from '../../tests/city/city.ts';
import { acme, comeUp, overheard, ring, usageOf, viewOf } from '../../tests/city/invoke.ts';
import { aliveMachines } from '../../tests/city/life.ts';
import { idsFrom, queueJobs } from '../../tests/city/traffic.ts';
import type { RunnerMove } from '../ports/ledger.ts';
import { closeRunners, ringAfterFreeing } from './close-runners.ts';

const lane = { fleet: 'linux-x64', scope: 'org:acme' } as const;

async function closings(town: Parameters<typeof viewOf>[0]): Promise<readonly RunnerMove[]> {
  return (await viewOf(town)).runners.map((row) => ({ row, reason: 'terminated' }));
}

test('a slot is freed once, however many notice', async () => {
  const town = city();
  await queueJobs(town, idsFrom(1, 3));
  await ring(town);
  const both = await closings(town);
  const counts = await Promise.all([closeRunners(town.world, lane, both), closeRunners(town.world, lane, both)]);
  expect(counts[0] + counts[1]).toBe(3);
  expect((await usageOf(town)).fleetUsed).toBe(0);
  expect(town.hosts.records()).toEqual([]);
});

test('whoever dies before the host’s row is gone leaves both to the next one', async () => {
  const town = city();
  await queueJobs(town, [1]);
  await ring(town);
  const hosts = { ...town.world.hosts, close: () => Promise.reject(new Error('died')) };
  await expect(closeRunners({ ...town.world, hosts }, lane, await closings(town))).rejects.toThrow('died');
  expect((await usageOf(town)).fleetUsed).toBe(1);
  await closeRunners(town.world, lane, await closings(town));
  expect((await usageOf(town)).fleetUsed).toBe(0);
  expect(town.hosts.records()).toEqual([]);
});

test('nothing that ended costs nothing', async () => {
  const { town, sent } = overheard(city());
  expect(await closeRunners(town.world, lane, [])).toBe(0);
  await ringAfterFreeing(town.world, []);
  expect(sent).toEqual([]);
});

test('a freed slot rings at once for the lane that starved longest, in the fleet and in the deployment', async () => {
  const { town, sent } = overheard(
    city({ fleets: [{ runnersMaximumCount: 1 }, { name: 'gpu', labels: ['gpu'], runnersMaximumCount: -1 }], limit: 1 }),
  );
  await queueJobs(town, [1]);
  await ring(town);
  for (const [index, owner] of ['old', 'young'].entries()) {
    await town.clock.advance(10);
    await queueJobs(town, [10 + index], owner);
    await queueJobs(town, [20 + index], owner, { labels: ['gpu'] });
    await ring(town, [`linux-x64/org:${owner}`, `gpu/org:${owner}`]);
  }
  sent.length = 0;
  await ringAfterFreeing(town.world, [lane]);
  expect(sent).toEqual([
    { lane: acme, reason: 'slot-freed', delaySeconds: 0 },
    { lane: 'linux-x64/org:old', reason: 'slot-freed', delaySeconds: 0 },
    { lane: 'gpu/org:old', reason: 'slot-freed', delaySeconds: 0 },
  ]);
});

test('a lane that stopped starving without a word is not rung in front of those that do', async () => {
  const { town, sent } = overheard(city({ fleets: [{ runnersMaximumCount: 1 }] }));
  await queueJobs(town, [1]);
  await ring(town);
  await queueJobs(town, [2], 'gone');
  await ring(town, ['linux-x64/org:gone']);
  await town.clock.advance(700);
  await queueJobs(town, [3], 'there');
  await ring(town, ['linux-x64/org:there']);
  await comeUp(town);
  expect(aliveMachines(town)).toHaveLength(1);
  sent.length = 0;
  await ringAfterFreeing(town.world, [lane]);
  expect(sent.map((request) => request.lane)).toEqual([acme, 'linux-x64/org:there']);
});
