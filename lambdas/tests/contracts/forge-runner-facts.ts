import { expect } from '@jest/globals';
import { NameTakenError } from '../../src/core/errors.ts';
import type { Registration } from '../../src/ports/forge.ts';
import { all, type Facts, type ForgeSubject } from './forge-subject.ts';

const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `runner-${i + 1}`);
const namesOf = (list: readonly Registration[]): readonly string[] => list.map((runner) => runner.name).sort();
const spec = ({ forge, scope }: ForgeSubject, name: string) => ({
  name,
  scope,
  labels: ['linux', 'x64'],
  runnerGroup: 'Default',
  ephemeral: true,
  app: forge.apps[0] ?? '',
});

/** Runners made and listed. */
export const runnerFacts: Facts = (fact, subject) => {
  fact('a created runner is listed, offline and idle, under the id of its grant', async () => {
    const { forge, scope } = subject();
    const grant = await forge.createRunner(spec(subject(), 'ours'));
    expect(grant).toMatchObject({ registration: { name: 'ours' }, singleUse: true });
    const [listed] = await all(forge.listRunners(scope));
    expect(listed).toMatchObject({ ...grant.registration, online: false, busy: false });
    expect(listed?.labels).toEqual(expect.arrayContaining(['linux', 'x64']));
  });

  fact('a taken name is refused, and its holder stays', async () => {
    const { forge, scope } = subject();
    const { registration } = await forge.createRunner(spec(subject(), 'ours'));
    await expect(forge.createRunner(spec(subject(), 'ours'))).rejects.toThrow(NameTakenError);
    expect(await all(forge.listRunners(scope))).toMatchObject([registration]);
  });

  fact('a list of many runners is complete', async () => {
    await subject().seedRunners(numbered(230));
    expect(namesOf(await all(subject().forge.listRunners(subject().scope)))).toEqual([...numbered(230)].sort());
  });

  fact('a list says who is online and who is busy', async () => {
    const { forge, scope, seedRunners, connect, queueJob, startJob } = subject();
    await seedRunners(['runner-1', 'runner-2']);
    await connect('runner-1');
    await startJob(await queueJob(['linux']), 'runner-1');
    const listed = new Map((await all(forge.listRunners(scope))).map((runner) => [runner.name, runner]));
    expect(listed.get('runner-1')).toMatchObject({ online: true, busy: true });
    expect(listed.get('runner-2')).toMatchObject({ online: false, busy: false });
  });
};

/** Runners taken away. */
export const removalFacts: Facts = (fact, subject) => {
  fact('a removed runner is gone, and removing it again is absent', async () => {
    const { forge, scope } = subject();
    const { registration } = await forge.createRunner(spec(subject(), 'ours'));
    expect(await forge.removeRunner(scope, registration)).toBe('removed');
    expect(await forge.removeRunner(scope, registration)).toBe('absent');
    expect(await all(forge.listRunners(scope))).toEqual([]);
  });

  fact('a runner whose id is not known is removed by its name, and no other one', async () => {
    const { forge, scope } = subject();
    await subject().seedRunners(['runner-1', 'runner-10', 'runner-2']);
    expect(await forge.removeRunner(scope, { name: 'runner-1' })).toBe('removed');
    expect(await forge.removeRunner(scope, { id: '', name: 'runner-1' })).toBe('absent');
    expect(namesOf(await all(forge.listRunners(scope)))).toEqual(['runner-10', 'runner-2']);
  });

  fact('a runner with a job is not removed, even if the list calls it idle', async () => {
    const { forge, scope, connect, queueJob, startJob, claimBusy } = subject();
    const { registration } = await forge.createRunner(spec(subject(), 'ours'));
    await connect('ours');
    await claimBusy('ours', false);
    await startJob(await queueJob(['linux']), 'ours');
    expect(await all(forge.listRunners(scope))).toMatchObject([{ name: 'ours', busy: false }]);
    expect(await forge.removeRunner(scope, registration)).toBe('busy');
    expect(namesOf(await all(forge.listRunners(scope)))).toEqual(['ours']);
  });

  fact('a runner with a job is not removed', async () => {
    const { forge, scope, connect, queueJob, startJob } = subject();
    const { registration } = await forge.createRunner(spec(subject(), 'ours'));
    await connect('ours');
    await startJob(await queueJob(['linux']), 'ours');
    expect(await forge.removeRunner(scope, registration)).toBe('busy');
    expect(await forge.removeRunner(scope, { name: 'ours' })).toBe('busy');
  });

  fact('a single-use runner is absent after its job', async () => {
    const { forge, scope, connect, queueJob, startJob, finishJob } = subject();
    const { registration } = await forge.createRunner(spec(subject(), 'ours'));
    const job = await queueJob(['linux']);
    await connect('ours');
    await startJob(job, 'ours');
    await finishJob(job);
    expect(await forge.removeRunner(scope, registration)).toBe('absent');
  });
};
