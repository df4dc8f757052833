import { describe, expect, test } from '@jest/globals';
import { forgeContract } from '../../../../tests/contracts/forge-contract.ts';
import { all, type ForgeSubject } from '../../../../tests/contracts/forge-subject.ts';
import { DeniedError, NotFoundError } from '../../../core/errors.ts';
import type { Job } from '../../../core/job.ts';
import type { RunnerSpec } from '../../../ports/forge.ts';
import { forgeMethods } from './faults.ts';
import { type MemoryForge, memoryForge } from './memory-forge.ts';

const clock = { now: () => Date.UTC(2026, 8, 1) };
const scope = 'org:acme';

const queued = (id: string, labels: readonly string[] = ['linux']): Job => ({
  key: `memory/acme/app/${id}`,
  ref: { repo: 'acme/app', id, attempt: 1 },
  state: 'queued',
  labels,
  owner: 'acme',
  queuedAt: clock.now(),
});

const specOf = (name: string, app = 'app-1'): RunnerSpec => ({
  name,
  scope,
  labels: ['linux'],
  runnerGroup: 'Default',
  ephemeral: true,
  app,
});

async function subjectOf(): Promise<ForgeSubject> {
  const secrets = ['current', 'previous'] as const;
  const forge = memoryForge({ clock, webhookSecrets: secrets });
  let reachable = true;
  const changed = (key: string): void => {
    if (!reachable) forge.missEvent(forge.parseWebhook(forge.delivery(key)));
  };
  return {
    forge,
    secrets,
    repo: 'acme/app',
    scope,
    async queueJob(labels) {
      const job = queued(String(forge.jobs().length + 1), labels);
      forge.addJob(job);
      changed(job.key);
      return job;
    },
    async startJob(job, runnerName) {
      forge.startJob(job.key, runnerName);
      changed(job.key);
    },
    async finishJob(job) {
      forge.finishJob(job.key);
      changed(job.key);
    },
    delivery: async (job) => forge.delivery(job.key),
    async setReachable(now) {
      reachable = now;
    },
    async seedRunners(names) {
      for (const name of names) await forge.createRunner(specOf(name));
    },
    connect: async (runnerName) => forge.setOnline(runnerName, true),
    claimBusy: async (runnerName, busy) => forge.setBusy(runnerName, busy),
    close: async () => undefined,
  };
}

forgeContract({ name: 'memory', make: subjectOf, skips: [] });

describe('the control over the memory forge', () => {
  const make = (): MemoryForge => memoryForge({ clock });

  test('a call that fails before its effect has none, and one that fails after has', async () => {
    const forge = make();
    forge.failNext('createRunner', 'before', new Error('lost request'));
    forge.failNext('createRunner', 'after', new Error('lost answer'));
    await expect(forge.createRunner(specOf('one'))).rejects.toThrow('lost request');
    await expect(forge.createRunner(specOf('two'))).rejects.toThrow('lost answer');
    await forge.createRunner(specOf('three'));
    expect(forge.registrations().map(({ name }) => name)).toEqual(['two', 'three']);
    expect(forge.calls.createRunner).toBe(3);
  });

  test('failures are as many as were asked for, and can be taken back', async () => {
    const forge = make();
    forge.failNext('getJob', 'before', new Error('down'), 2);
    for (let i = 0; i < 2; i++) await expect(forge.getJob(queued('1').ref)).rejects.toThrow('down');
    expect(await forge.getJob(queued('1').ref)).toBeNull();
    forge.failNext('getJob', 'before', new Error('down'), Number.POSITIVE_INFINITY);
    forge.clearFailures();
    expect(await forge.getJob(queued('1').ref)).toBeNull();
  });

  test('a list that fails after its effect fails at its end', async () => {
    const forge = make();
    await forge.createRunner(specOf('one'));
    forge.failNext('listRunners', 'after', new Error('second page lost'));
    const seen: string[] = [];
    const read = async () => {
      for await (const { name } of forge.listRunners(scope)) seen.push(name);
    };
    await expect(read()).rejects.toThrow('second page lost');
    expect(seen).toEqual(['one']);
  });

  test('a forge that removes busy runners can be had', async () => {
    const forge = make();
    const { registration } = await forge.createRunner(specOf('one'));
    forge.addJob(queued('1'));
    forge.startJob('memory/acme/app/1', 'one');
    forge.setDeleteWhileBusy(true);
    expect(await forge.removeRunner(scope, registration)).toBe('removed');
    expect(forge.jobs()).toMatchObject([{ state: 'running', runnerName: 'one' }]);
  });

  test('an unlisted runner exists, but no list names it', async () => {
    const forge = make();
    const { registration } = await forge.createRunner(specOf('one'));
    forge.setListed('one', false);
    expect(await all(forge.listRunners(scope))).toEqual([]);
    expect(await forge.removeRunner(scope, registration)).toBe('removed');
  });

  test('an App that is none of the forge is denied', async () => {
    await expect(make().createRunner(specOf('one', 'app-2'))).rejects.toThrow(DeniedError);
  });

  test('a job that was never added cannot be started', () => {
    expect(() => make().startJob('memory/acme/app/1', 'one')).toThrow(NotFoundError);
  });

  test('every method of the port can be counted', () => {
    expect(Object.keys(make().calls)).toEqual(forgeMethods);
  });
});
