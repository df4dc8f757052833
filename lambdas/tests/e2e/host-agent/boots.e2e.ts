import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ScratchForge, scratchForge } from './scratch-forge.ts';
import { scratchMachine } from './scratch-machine.ts';

let forge: ScratchForge;
beforeAll(async () => {
  forge = await scratchForge();
});
afterAll(() => forge.stop());

test('a runner that exits at once, three times: each machine says so in its row, and ends', async () => {
  for (const code of [1, 7, 0]) {
    await using machine = await scratchMachine({ runScript: `exit ${code}` });
    await machine.give(await forge.grant(`exits-${code}`));
    expect(await machine.ended()).toBe('runner-exited');
    expect((await machine.row())?.lease).toMatchObject({ sees: 'done', reason: 'runner-exited' });
  }
});

test('a runner whose version GitHub refuses: the machine names that, and ends', async () => {
  const sentence = 'An error occurred: Runner version v2.310.0 is deprecated and cannot receive messages.';
  await using machine = await scratchMachine({ runScript: `echo '${sentence}'; exit 0` });
  await machine.give(await forge.grant('deprecated'));
  expect(await machine.ended()).toBe('runner-deprecated');
  expect((await machine.row())?.lease).toMatchObject({ sees: 'done', reason: 'runner-deprecated' });
});

test('no grant comes: it waits for its boot limit, and ends', async () => {
  await using machine = await scratchMachine({ policy: { bootLimitSeconds: 5 } });
  await machine.until('booting');
  expect(await machine.ended()).toBe('boot-limit');
  expect((await machine.row())?.lease).toMatchObject({ sees: 'done', reason: 'boot-limit' });
});

test('a grant that comes late is taken', async () => {
  await using machine = await scratchMachine();
  await machine.until('booting');
  await wait(7_000);
  forge.addJob('late', 3);
  await machine.give(await forge.grant('late'));
  expect(await machine.ended()).toBe('job-done');
  expect(forge.jobIn('late')).toMatchObject({ conclusion: 'success' });
});

test('metadata that is slow, and then silent, keeps nobody from a job', async () => {
  await using machine = await scratchMachine({ mood: 'slow' });
  forge.addJob('slow', 7);
  await machine.give(await forge.grant('slow'));
  await machine.until('busy');
  machine.imds.setMood('silent');
  expect(await machine.ended()).toBe('job-done');
  expect(forge.jobIn('slow')).toMatchObject({ conclusion: 'success' });
});

test('metadata that refuses for a while is asked again, and then for nothing but what is documented', async () => {
  await using machine = await scratchMachine({ mood: 'refusing' });
  await wait(2_000);
  machine.imds.setMood('well');
  forge.addJob('refused', 3);
  await machine.give(await forge.grant('refused'));
  expect(await machine.ended()).toBe('job-done');
  expect([...machine.imds.asked].sort()).toEqual([
    'dynamic/instance-identity/document',
    'meta-data/events/recommendations/rebalance',
    'meta-data/iam/security-credentials/',
    'meta-data/iam/security-credentials/runner-role',
    'meta-data/spot/instance-action',
  ]);
});

test('a unit that cannot be started is tried again, as nothing ran yet', async () => {
  await using machine = await scratchMachine({ refusals: ['refuse-units'] });
  forge.addJob('units', 3);
  await machine.give(await forge.grant('units'));
  await wait(3_000);
  rmSync(join(machine.folder, 'refuse-units'));
  expect(await machine.ended()).toBe('job-done');
  expect(machine.commands().match(/--unit=ci-runner\.service/g)?.length).toBeGreaterThan(1);
});

test('a unit that can never be started: the machine says so, and ends', async () => {
  await using machine = await scratchMachine({ refusals: ['refuse-units'], policy: { bootLimitSeconds: 5 } });
  await machine.give(await forge.grant('no-units'));
  expect(await machine.ended()).toBe('start-failed');
  expect((await machine.row())?.lease).toMatchObject({ sees: 'done', reason: 'start-failed' });
});

test('a machine without GitHub’s runner says so, and ends', async () => {
  await using machine = await scratchMachine({ runScript: undefined });
  expect(await machine.ended()).toBe('no-runner');
  expect(machine.log()).toContain('install GitHub');
  expect((await machine.row())?.lease).toMatchObject({ sees: 'done', reason: 'no-runner' });
});

test('a machine that is not told enough says what is missing, and ends', async () => {
  await using half = await scratchMachine({ environment: { CI_RUNNERS_RUN_AS: '' } });
  expect(await half.ended()).toBe('bad-configuration');
  expect(half.log()).toContain('CI_RUNNERS_RUN_AS is missing');
  expect((await half.row())?.lease).toMatchObject({ sees: 'done', reason: 'bad-configuration' });
  await using nothing = await scratchMachine({ environment: { CI_RUNNERS_HOSTS_TABLE: undefined } });
  expect(await nothing.ended()).toBe('bad-configuration');
});

test('a shutdown that is refused is forced', async () => {
  await using machine = await scratchMachine({ runScript: undefined, refusals: ['refuse-poweroff'] });
  expect(await machine.ended()).toBe('no-runner');
  expect(machine.commands()).toContain('systemctl --force --force poweroff');
});
