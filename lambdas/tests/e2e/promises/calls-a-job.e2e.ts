import { afterAll, expect, test } from '@jest/globals';
import { isSoon } from '../trial/live-town.ts';
import { type TrialTown, trialTown } from '../trial/trial-town.ts';

const jobs = 1000;
const waveSize = 20;
let town: TrialTown;
afterAll(() => town?.stop());

const forgeWrites = (): number =>
  Object.entries(town.github.callCounts)
    .filter(([call]) => /^(POST|DELETE|PUT|PATCH) /.test(call) && !call.includes('access_tokens'))
    .reduce((sum, [, count]) => sum + count, 0);

test('a thousand jobs of one lane cost what they may', async () => {
  town = await trialTown({
    limit: jobs,
    timeScale: 1,
    machines: 'dark',
    // Longer than the test: what is counted is the launch of each, not what becomes of it.
    fleet: { runnerBootTimeMinutes: 60 },
  });
  for (let queued = 0; queued < jobs; queued += waveSize) {
    town.github.addJobs({ count: waveSize, seconds: 1 });
    await isSoon(() => town.github.deliveries().length >= queued + waveSize, 30);
  }
  const ssmBefore = town.ssm.counts.GetParameters ?? 0;
  expect(await isSoon(() => town.ec2.machines().length >= jobs && town.github.runners().length >= jobs, 500)).toBe(
    true,
  );

  const { CreateFleet = 0, CreateTags = 0, RunInstances = 0 } = town.ec2.counts().byAction;
  expect(town.ec2.machines().length).toBe(jobs);
  expect(CreateFleet).toBeLessThanOrEqual(20);
  expect({ CreateTags, RunInstances }).toEqual({ CreateTags: 0, RunInstances: 0 });
  expect(forgeWrites() / jobs).toBeLessThanOrEqual(1.05);
  // A cold start each of what had not run yet, and nothing for a runner.
  expect((town.ssm.counts.GetParameters ?? 0) - ssmBefore).toBeLessThan(20);
  expect(Object.keys(town.ssm.counts).filter((action) => !action.startsWith('GetParameters'))).toEqual([]);
}, 900_000);
