import { afterAll, expect, test } from '@jest/globals';
import { peakMemoryOf } from '../../engine/function-memory.ts';
import { aliveIn } from '../trial/live-town.ts';
import { plantFleet } from '../trial/planted-fleet.ts';
import { type TrialTown, trialTown } from '../trial/trial-town.ts';

const lane = { fleet: 'linux-x64', scope: 'org:acme' } as const;
/** They came up, and nobody gave them a grant before their boot limit. */
const late = 500;
const booting = 4500;
const memoryLimitMegabytes = 256;
let town: TrialTown;
afterAll(() => town?.stop());

test('a scale-down over five thousand machines reads them by the page and ends them by the batch', async () => {
  town = await trialTown({
    limit: 1,
    timeScale: 1,
    machines: 'dark',
    isQuiet: true,
    fleet: { runnersMaximumCount: -1 },
  });
  const ended = new Set(await plantFleet(town, { lane, count: late, ageSeconds: 1800 }));
  await plantFleet(town, { lane, count: booting, ageSeconds: 30 });
  town.ec2.setPace({ latencySeconds: 0.05 });
  town.ec2.resetCounts();

  await town.deployment.functions.call('scale-down', {});
  expect(town.ec2.counts().byAction).toEqual({
    DescribeInstances: 5,
    DescribeInstanceStatus: 1,
    TerminateInstances: 1,
  });
  expect(aliveIn(town)).toBe(booting);
  expect(town.ec2.machines().filter(({ id, state }) => ended.has(id) && state === 'running')).toEqual([]);
  expect(peakMemoryOf('ci-scale-down')).toBeLessThan(memoryLimitMegabytes);
}, 600_000);
