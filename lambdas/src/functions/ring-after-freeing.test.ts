import { expect, test } from '@jest/globals';
import { type City, city } from '../../tests/city/city.ts';
import { acme, comeUp, overheard, ring, usageOf } from '../../tests/city/invoke.ts';
import { aliveMachines } from '../../tests/city/life.ts';
import { queueJobs } from '../../tests/city/traffic.ts';
import { closeRunners, type FreedSlots } from './close-runners.ts';
import { ringAfterFreeing } from './ring-after-freeing.ts';

const lane = { fleet: 'linux-x64', scope: 'org:acme' } as const;

const freedIn = async (town: City, slots: Partial<FreedSlots> = {}): Promise<FreedSlots> => ({
  lane,
  count: 1,
  areJobsDone: false,
  usage: await usageOf(town),
  ...slots,
});

test('nothing that ended costs nothing', async () => {
  const { town, sent } = overheard(city());
  expect(await closeRunners(town.world, lane, [])).toBeUndefined();
  await ringAfterFreeing(town.world, []);
  expect(sent).toEqual([]);
});

test('a machine that ended before its job was done rings for its lane', async () => {
  const { town, sent } = overheard(city({ fleets: [{ runnersMaximumCount: -1 }] }));
  await ringAfterFreeing(town.world, [await freedIn(town)]);
  expect(sent).toEqual([{ lane: acme, reason: 'slot-freed', delaySeconds: 0 }]);
});

test('a machine whose job is done rings for nobody where nobody waits for a slot', async () => {
  const { town, sent } = overheard(city({ fleets: [{ runnersMaximumCount: 2 }] }));
  await ringAfterFreeing(town.world, [await freedIn(town, { areJobsDone: true })]);
  expect(sent).toEqual([]);
});

test.each([
  ['fleet', { fleets: [{ runnersMaximumCount: 1 }] }],
  ['deployment', { fleets: [{ runnersMaximumCount: -1 }], limit: 1 }],
])('the last slot of a %s rings for its lane whatever its machine had done', async (_, options) => {
  const { town, sent } = overheard(city(options));
  await ringAfterFreeing(town.world, [await freedIn(town, { areJobsDone: true })]);
  expect(sent).toEqual([{ lane: acme, reason: 'slot-freed', delaySeconds: 0 }]);
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
  await ringAfterFreeing(town.world, [await freedIn(town)]);
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
  await ringAfterFreeing(town.world, [await freedIn(town)]);
  expect(sent.map((request) => request.lane)).toEqual([acme, 'linux-x64/org:there']);
});
