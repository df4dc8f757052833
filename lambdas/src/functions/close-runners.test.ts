import { expect, test } from '@jest/globals';
import { city } from '../../tests/city/city.ts';
import { ring, usageOf, viewOf } from '../../tests/city/invoke.ts';
import { idsFrom, queueJobs } from '../../tests/city/traffic.ts';
import type { RunnerMove } from '../ports/ledger.ts';
import { closeRunners } from './close-runners.ts';

const lane = { fleet: 'linux-x64', scope: 'org:acme' } as const;

async function closings(town: Parameters<typeof viewOf>[0]): Promise<readonly RunnerMove[]> {
  return (await viewOf(town)).runners.map((row) => ({ row, reason: 'terminated' }));
}

test('a slot is freed once, however many notice', async () => {
  const town = city();
  await queueJobs(town, idsFrom(1, 3));
  await ring(town);
  const both = await closings(town);
  const freed = await Promise.all([closeRunners(town.world, lane, both), closeRunners(town.world, lane, both)]);
  expect(freed.reduce((sum, slots) => sum + (slots?.count ?? 0), 0)).toBe(3);
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
