import { afterAll, expect, test } from '@jest/globals';
import { callsByRole } from '../trial/calls-by-role.ts';
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

type Calls = Readonly<Record<string, number>>;
const callsTo = (service: 'ec2' | 'ssm', calls: Calls): Calls =>
  Object.fromEntries(Object.entries(calls).filter(([call]) => call.startsWith(`${service}:`)));

/** By all functions. */
const configurationReads = (): number =>
  Object.values(callsByRole(town)).reduce((sum, calls) => sum + (calls['ssm:GetParameters'] ?? 0), 0);

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
  const readsBefore = configurationReads();
  expect(await isSoon(() => town.ec2.machines().length >= jobs && town.github.runners().length >= jobs, 700)).toBe(
    true,
  );

  expect(town.ec2.machines().length).toBe(jobs);
  const { webhook = {}, 'scale-up': scaleUp = {}, ...watching } = callsByRole(town);
  expect(callsTo('ec2', scaleUp)).toEqual({ 'ec2:CreateFleet': expect.any(Number) });
  expect(scaleUp['ec2:CreateFleet']).toBeLessThanOrEqual(20);
  expect(callsTo('ec2', webhook)).toEqual({});
  for (const calls of Object.values(watching)) {
    expect(Object.keys(callsTo('ec2', calls)).filter((call) => !call.startsWith('ec2:Describe'))).toEqual([]);
  }
  expect(forgeWrites() / jobs).toBeLessThanOrEqual(1.05);
  // A cold start each of what had not run yet, and nothing for a runner.
  expect(configurationReads() - readsBefore).toBeLessThan(20);
  const others = [scaleUp, webhook, ...Object.values(watching)].flatMap((calls) => Object.keys(callsTo('ssm', calls)));
  expect(others.filter((call) => !call.startsWith('ssm:GetParameters'))).toEqual([]);
}, 900_000);
