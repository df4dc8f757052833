import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callsByRole } from '../trial/calls-by-role.ts';
import { aliveIn, isSoon } from '../trial/live-town.ts';
import { plantFleet, plantMachines, recordMachines } from '../trial/planted-fleet.ts';
import { runJobs, trialTimeScale } from '../trial/run-trial.ts';
import { brokenPromises } from '../trial/trial-result.ts';
import { type TrialTown, trialTown } from '../trial/trial-town.ts';
import { type AppliedQuickStart, applyQuickStart } from './apply-quick-start.ts';
import { trueDifferences } from './false-differences.ts';
import { goldenBoots } from './golden-boots.ts';
import { whatIsLeft } from './leftovers.ts';
import { renderedBoots } from './rendered-boots.ts';
import { unbalancedDeployment } from './rights-seen.ts';
import { signedDelivery } from './signed-delivery.ts';
import { quickStartPrefix, terraformDeployment } from './terraform-deployment.ts';

const limit = 16;
const lane = { fleet: 'default', scope: 'org:acme' } as const;
let town: TrialTown | undefined;
let applied: AppliedQuickStart | undefined;
let left: (() => Promise<readonly string[]>) | undefined;
let secret = '';
let boots: Record<string, string> = {};

beforeAll(async () => {
  town = await trialTown({
    limit,
    timeScale: trialTimeScale,
    machines: 'played',
    hasTls: true,
    async deployBy(engine, input) {
      secret = input.app.webhookSecret;
      left = () => whatIsLeft(engine, input.ec2Url, quickStartPrefix);
      applied = await applyQuickStart(engine, input);
      boots = Object.fromEntries(await renderedBoots(engine, input.ec2Url, quickStartPrefix));
      return terraformDeployment(engine, applied);
    },
  });
}, 600_000);
afterAll(async () => {
  await town?.stop();
  applied?.forget();
});

test('the quick start ends in an address that takes a signed delivery, and no other', async () => {
  const { webhook } = applied?.output ?? {};
  expect(webhook?.endpoint).toMatch(new RegExp(`${webhook?.api_id}.*/webhook$`));
  const url = town?.deployment.webhookUrl ?? '';
  expect((await signedDelivery(url, secret, randomUUID())).status).toBe(201);
  expect((await signedDelivery(url, 'another secret', randomUUID())).status).toBe(401);
}, 60_000);

test('its machines boot what they booted', () => {
  expect(boots).toEqual(goldenBoots('default', boots));
});

test('what the root module deployed keeps every promise', async () => {
  if (!town) throw new Error('Nothing is deployed.');
  const result = await runJobs(town, { jobs: 50, fail: 0.1, limit, seed: 1 });
  expect(brokenPromises(result)).toEqual([]);
  expect(result).toMatchObject({ jobs: 50, ran: 50 });
}, 960_000);

test('machines that do not come up are ended, and one that nobody recorded is adopted before', async () => {
  if (!town) throw new Error('Nothing is deployed.');
  // Nobody plays them.
  await town.player?.stop();
  plantMachines(town, lane, 1);
  await plantFleet(town, { lane, count: 1, ageSeconds: 3600 });
  expect(await isSoon(() => aliveIn(town as TrialTown) === 0, 180)).toBe(true);
}, 240_000);

test('a recorded machine that is nowhere frees its slot, and its lane is told', async () => {
  if (!town) throw new Error('Nothing is deployed.');
  const standing = town;
  const told = (): number => callsByRole(standing)['scale-down']?.['sqs:SendMessageBatch'] ?? 0;
  const before = told();
  await recordMachines(town, { lane, ageSeconds: 3600 }, ['i-00000000000000000']);
  expect(await isSoon(() => told() > before, 180)).toBe(true);
}, 240_000);

test('a second plan finds nothing to do', async () => {
  expect(trueDifferences((await applied?.plannedChanges()) ?? [])).toEqual([]);
}, 300_000);

test('destroy leaves nothing', async () => {
  await town?.deployment.stop();
  await applied?.destroy();
  expect(await applied?.leftInState()).toEqual([]);
  expect(await left?.()).toEqual([]);
}, 600_000);

test('every role used what its policies allow, and they allow nothing else', () => {
  if (!town) throw new Error('Nothing is deployed.');
  expect(unbalancedDeployment(town)).toEqual([]);
});
