import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { engine } from '../../engine/engine.ts';
import { type ScratchForge, scratchForge } from './scratch-forge.ts';
import { scratchMachine } from './scratch-machine.ts';

let forge: ScratchForge;
beforeAll(async () => {
  forge = await scratchForge();
});
afterAll(() => forge.stop());

const patient = { firstJobSeconds: 60 };
/** A listener that goes on whatever became of its registration. */
const stubborn = 'while sleep 0.2; do echo Listening for Jobs; done';
const hangingWorker = '(exec -a Runner.Worker sleep 600) & wait';

async function deleteTable(name: string): Promise<void> {
  const { url, region, credentials } = engine();
  const client = new DynamoDBClient({ endpoint: url, region, credentials });
  await client.send(new DeleteTableCommand({ TableName: name }));
}

test('the table is gone: an idle machine stops its listener and ends, a busy one does its job first', async () => {
  await using idle = await scratchMachine({ policy: patient });
  await using busy = await scratchMachine({ policy: patient });
  forge.addJob('table-busy', 14);
  await busy.give(await forge.grant('table-busy'));
  await idle.give(await forge.grant('table-idle'));
  await Promise.all([busy.until('busy'), idle.until('idle')]);
  await Promise.all([busy, idle].map(({ tableName }) => deleteTable(tableName)));
  expect(await idle.ended()).toBe('row-gone');
  expect(busy.hasEnded()).toBe(false);
  expect(busy.worker()).toBe('running');
  expect(await busy.ended()).toBe('job-done');
  expect(forge.jobIn('table-busy')).toMatchObject({ conclusion: 'success' });
});

test('its row is closed while it boots: it ends by itself', async () => {
  await using machine = await scratchMachine();
  await machine.until('booting');
  await machine.closeRow();
  expect(await machine.ended()).toBe('row-gone');
});

test('a runner that keeps listening after its registration was removed is ended with its machine', async () => {
  await using machine = await scratchMachine({ runScript: stubborn, policy: patient });
  await machine.give(await forge.grant('stubborn'));
  await machine.until('idle');
  await machine.ask('removed');
  expect(await machine.ended()).toBe('left');
});

test('a runner that keeps listening, and of which nobody hears, is ended with its machine', async () => {
  await using machine = await scratchMachine({ runScript: stubborn });
  await machine.give(await forge.grant('unheard'));
  expect(await machine.ended()).toBe('control-plane-silent');
});

test('a worker that hangs ends with the hard limit, and by nothing before it', async () => {
  await using machine = await scratchMachine({ runScript: hangingWorker, policy: { hardLimitSeconds: 14 } });
  await machine.give(await forge.grant('hangs'));
  await machine.until('busy');
  await machine.ask('removed');
  machine.imds.giveNotice(new Date());
  expect(await machine.ended()).toBe('hard-limit');
});

test('a disk that is full blinds nobody: the worker is seen, and its end too', async () => {
  await using machine = await scratchMachine();
  forge.addJob('full', 7);
  await machine.give(await forge.grant('full'));
  await machine.until('busy');
  const log = join(machine.folder, 'log/runner.log');
  // Too long, and there is no room for what is cut off.
  truncateSync(log, 70 * 1024 * 1024);
  symlinkSync('/dev/full', `${log}.1`);
  expect(await machine.ended()).toBe('job-done');
  expect(machine.log()).not.toContain('could not look');
  expect(forge.jobIn('full')).toMatchObject({ conclusion: 'success' });
});

/** As the kernel does when memory is short: without a word. */
function kill(pid: number | undefined): void {
  if (pid === undefined) throw new Error('It does not run.');
  process.kill(pid, 'SIGKILL');
}

test('a job that is killed for its memory ends its machine, as any job’s end does', async () => {
  await using machine = await scratchMachine({ runScript: hangingWorker, policy: patient });
  await machine.give(await forge.grant('out-of-memory'));
  await machine.until('busy');
  kill(machine.workerPid());
  expect(await machine.ended()).toBe('job-done');
});

test('a listener that is killed for its memory leaves its job at work, and its machine up until that is done', async () => {
  await using machine = await scratchMachine({ runScript: hangingWorker, policy: patient });
  await machine.give(await forge.grant('listener-killed'));
  await machine.until('busy');
  const worker = machine.workerPid();
  kill(machine.runnerPid());
  await wait(6_000);
  expect(machine.hasEnded()).toBe(false);
  kill(worker);
  expect(await machine.ended()).toBe('job-done');
});
