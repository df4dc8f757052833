import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { unpack } from '../../zips/unpack.ts';
import { isSoon } from '../trial/live-town.ts';
import { type TrialTown, trialTown } from '../trial/trial-town.ts';

const functions = 256;
const farmFile = fileURLToPath(new URL('../burst/cold-farm.ts', import.meta.url));
const zip = fileURLToPath(new URL('../../../dist/webhook.zip', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ci-runners-burst-'));
let town: TrialTown;
let stopFarm = (): void => undefined;
afterAll(async () => {
  stopFarm();
  await town?.stop();
  rmSync(folder, { recursive: true });
});

const configurationReads = (): number => town.aws.counts().byAction['ssm:GetParameters'] ?? 0;

/** The engine cannot bear as many processes; these are as many copies of the function in one. */
async function startFarm(environment: Readonly<Record<string, string>>): Promise<string> {
  unpack(zip, folder);
  const args = ['--disable-warning=ExperimentalWarning', farmFile, join(folder, 'index.js'), String(functions)];
  const env = { PATH: process.env.PATH, ...environment };
  const farm = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  stopFarm = () => void farm.kill('SIGKILL');
  let printed = '';
  farm.stdout.on('data', (data) => {
    printed += String(data);
  });
  const addressIn = (): string | undefined => /^listening on (\S+)$/m.exec(printed)?.[1];
  await isSoon(() => addressIn() !== undefined || farm.exitCode !== null, 240);
  expect({ exitCode: farm.exitCode, address: addressIn() }).toEqual({ exitCode: null, address: expect.any(String) });
  return addressIn() ?? '';
}

test('a burst that meets cold functions alone is answered, within what SSM allows and the forge waits', async () => {
  town = await trialTown({ limit: 1, timeScale: 1, machines: 'dark' });
  const address = await startFarm(town.deployment.webhookEnvironment);
  const before = configurationReads();
  town.github.sendWebhooksTo(address);
  town.github.addJobs({ count: functions });
  expect(await isSoon(() => town.github.deliveries().length >= functions, 60)).toBe(true);

  const statuses = town.github.deliveries().map(({ statusCode }) => statusCode);
  expect(statuses.filter((status) => status !== 201)).toEqual([]);
  // One read for each of them, and a few for the other functions; those that were refused came again, at their own pace.
  const reads = configurationReads() - before;
  expect(reads).toBeGreaterThanOrEqual(functions);
  expect(reads).toBeLessThan(functions + 30);
}, 400_000);
