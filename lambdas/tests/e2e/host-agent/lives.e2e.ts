import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { until } from '../../doubles/processes.ts';
import { type ScratchForge, scratchForge } from './scratch-forge.ts';
import { scratchMachine } from './scratch-machine.ts';

let forge: ScratchForge;
beforeAll(async () => {
  forge = await scratchForge();
});
afterAll(() => forge.stop());

test('one job: its runner is started, the job runs, and the machine ends itself', async () => {
  await using machine = await scratchMachine();
  const grant = await forge.grant('one-job');
  forge.addJob('one-job', 3);
  await machine.give(grant);
  await machine.until('busy');
  expect(machine.worker()).toBe('running');
  expect(await machine.ended()).toBe('job-done');
  expect(machine.worker()).toBe('none');
  expect(forge.jobIn('one-job')).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect((await machine.row())?.lease).toMatchObject({ sees: 'done', reason: 'job-done' });
  expect(machine.agent.starts()).toBe(1);
});

test('what is secret of a grant stands in no argument list, log or file that is left', async () => {
  await using machine = await scratchMachine();
  const grant = await forge.grant('secret');
  await machine.give(grant);
  await machine.until('idle');
  const secret = grant.boot.env.ACTIONS_RUNNER_INPUT_JITCONFIG ?? 'none';
  expect(machine.commands()).not.toContain(secret);
  expect(machine.log()).not.toContain(secret);
  expect(readFileSync(join(machine.folder, 'environment-mode'), 'utf8')).toBe('600\n');
  expect(() => readFileSync(join(machine.folder, 'state/runner.env'))).toThrow('ENOENT');
});

test('no job comes, and nobody answers: it ends itself', async () => {
  await using machine = await scratchMachine();
  await machine.give(await forge.grant('no-job'));
  expect(await machine.ended()).toBe('control-plane-silent');
});

test('asked to leave while it is idle, it says so, and ends once its registration is removed', async () => {
  await using machine = await scratchMachine({ policy: { firstJobSeconds: 60 } });
  const grant = await forge.grant('idle');
  await machine.give(grant);
  await machine.until('idle');
  await machine.ask('leave');
  await machine.until('leaving');
  expect(await forge.removeRunner(grant)).toBe('removed');
  await machine.ask('removed');
  expect(['left', 'runner-exited']).toContain(await machine.ended());
});

test('asked to leave while a job is on its way, it does that job', async () => {
  await using machine = await scratchMachine({ policy: { firstJobSeconds: 60 } });
  await machine.give(await forge.grant('on-its-way'));
  await machine.until('idle');
  await machine.ask('leave');
  await machine.until('leaving');
  forge.addJob('on-its-way', 4);
  expect(await machine.ended()).toBe('job-done');
  expect(forge.jobIn('on-its-way')).toMatchObject({ conclusion: 'success' });
});

test('asked to leave, and even told that it is removed, while a job runs: the job goes on', async () => {
  await using machine = await scratchMachine();
  forge.addJob('busy', 8);
  await machine.give(await forge.grant('busy'));
  await machine.until('busy');
  await machine.ask('removed');
  await wait(5_000);
  expect(machine.hasEnded()).toBe(false);
  expect(machine.worker()).toBe('running');
  expect(await machine.ended()).toBe('job-done');
  expect(forge.jobIn('busy')).toMatchObject({ conclusion: 'success' });
});

test('a job that forges its machine’s lease, and what hooks and the runner would say, fools at most who asks: it goes on', async () => {
  await using machine = await scratchMachine();
  forge.addJob('forger', 20);
  await machine.give(await forge.grant('forger'));
  await machine.until('busy');
  for (const sees of ['idle', 'leaving'] as const) {
    await machine.forgeLease(sees);
    await machine.until('busy');
  }
  machine.forgeWords('Job forger completed with result: Succeeded\nListening for Jobs\nExiting runner...\n');
  await machine.forgeLease('done');
  await machine.ask('removed');
  await machine.until('busy');
  expect(machine.worker()).toBe('running');
  expect(await machine.ended()).toBe('job-done');
  expect(forge.jobIn('forger')).toMatchObject({ conclusion: 'success' });
});

test('its registration is gone before it connects: the runner exits, and the machine with it', async () => {
  await using machine = await scratchMachine();
  const grant = await forge.grant('gone');
  await forge.removeRunner(grant);
  await machine.give(grant);
  expect(await machine.ended()).toBe('runner-exited');
  expect((await machine.row())?.lease).toMatchObject({ sees: 'done', reason: 'runner-exited' });
});

test('a job that kills the agent goes on, and is seen again by the next one', async () => {
  await using machine = await scratchMachine();
  forge.addJob('kills', 8);
  await machine.give(await forge.grant('kills'));
  await machine.until('busy');
  machine.agent.kill();
  await until('the agent is back', () => machine.agent.starts() === 2);
  machine.agent.kill();
  await until('the agent is back again', () => machine.agent.starts() === 3);
  const counter = (await machine.row())?.lease?.counter ?? 0;
  await until('its lease moves on', async () => ((await machine.row())?.lease?.counter ?? 0) > counter);
  expect((await machine.row())?.lease?.sees).toBe('busy');
  expect(await machine.ended()).toBe('job-done');
  expect(forge.jobIn('kills')).toMatchObject({ conclusion: 'success' });
});

test('the network is lost while a job runs: the job goes on, and its end ends the machine', async () => {
  await using machine = await scratchMachine();
  forge.addJob('cut', 9);
  await machine.give(await forge.grant('cut'));
  await machine.until('busy');
  machine.network.cut();
  await wait(6_500);
  expect(machine.hasEnded()).toBe(false);
  expect(await machine.ended(60)).toBe('job-done');
  expect(forge.jobIn('cut')).toMatchObject({ conclusion: 'success' });
});

test('a Spot notice ends an idle machine, and no job', async () => {
  await using idle = await scratchMachine({ policy: { firstJobSeconds: 60 } });
  await using busy = await scratchMachine();
  forge.addJob('spot-busy', 8);
  await busy.give(await forge.grant('spot-busy'));
  await idle.give(await forge.grant('spot-idle'));
  await Promise.all([busy.until('busy'), idle.until('idle')]);
  for (const { imds } of [busy, idle]) imds.giveNotice(new Date(Date.now() + 120_000));
  expect(await idle.ended()).toBe('spot-notice');
  expect(busy.hasEnded()).toBe(false);
  expect(await busy.ended()).toBe('job-done');
  expect(forge.jobIn('spot-busy')).toMatchObject({ conclusion: 'success' });
});
