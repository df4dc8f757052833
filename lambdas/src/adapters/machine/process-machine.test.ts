import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ProcessInstance, processGrant, processInstance } from '../../../tests/doubles/process-instance.ts';
import { filesBelow, skippingClock, until, workerScript } from '../../../tests/doubles/processes.ts';
import type { Machine } from '../../ports/machine.ts';
import type { RunnerRecord } from '../process/instance-folder.ts';
import { viewProcesses, workingIn } from '../process/process-view.ts';
import { readState, writeState } from '../process/state-file.ts';
import { processMachine } from './process-machine.ts';

let instance: ProcessInstance;
beforeEach(() => {
  instance = processInstance();
});
afterEach(() => instance[Symbol.dispose]());

const runnerPid = (): number => readState<RunnerRecord>(instance.files.runner)?.process?.pid ?? 0;
const isExited = (machine: Machine) => async () => (await machine.runner()) === 'exited';
const isWorking = (machine: Machine) => async () => (await machine.worker()) === 'running';

describe('the runner', () => {
  test('is started once, outlives its machine object, and is seen to exit', async () => {
    const machine = instance.machineOf('exec sleep 600');
    expect(await machine.runner()).toBe('none');
    await machine.startRunner(processGrant);
    expect(await machine.runner()).toBe('running');
    await expect(machine.startRunner(processGrant)).rejects.toThrow('before');

    const successor = instance.machineOf('exec sleep 600');
    expect(await successor.runner()).toBe('running');
    process.kill(runnerPid(), 'SIGKILL');
    await until('the runner has exited', isExited(successor));
  });

  test('leads a session of its own', async () => {
    await instance.machineOf('exec sleep 600').startRunner(processGrant);
    expect(viewProcesses().at(runnerPid())?.session).toBe(runnerPid());
  });

  test('that cannot be started may be tried again', async () => {
    const options = { folder: instance.path, environment: {}, clock: skippingClock(), exit: () => undefined };
    const machine = processMachine({ ...options, runnerCommand: ['/nowhere/run.sh'] });
    await expect(machine.startRunner(processGrant)).rejects.toThrow('ENOENT');
    expect(await machine.runner()).toBe('none');
    await instance.machineOf('exec sleep 600').startRunner(processGrant);
  });

  test('is not mistaken for a later process of the same number', async () => {
    writeState(instance.files.runner, { process: { pid: process.pid, startKey: 'long-ago' } } satisfies RunnerRecord);
    const machine = instance.machineOf('');
    expect(await machine.runner()).toBe('exited');
    expect(await machine.worker()).toBe('none');
  });

  test('is found by where it works, when its agent died before it wrote down its number', async () => {
    await instance.machineOf('exec sleep 600').startRunner(processGrant);
    const pid = runnerPid();
    writeState(instance.files.runner, {});
    expect(await instance.machineOf('').runner()).toBe('running');
    expect(runnerPid()).toBe(pid);
  });

  test('gets the secret by its environment alone', async () => {
    const machine = instance.machineOf('[ "$RUNNER_SECRET" = hunter2 ] && echo "got it, and $1"; exec sleep 600');
    await machine.startRunner(processGrant);
    await until('the runner speaks', () =>
      readFileSync(instance.files.runnerLog, 'utf8').includes('got it, and --ephemeral'),
    );
    expect(viewProcesses().argvOf(runnerPid()).join(' ')).not.toContain('hunter2');
    expect(filesBelow(instance.path).filter(({ text }) => text.includes('hunter2'))).toEqual([]);
    expect(filesBelow(instance.path).filter(({ mode }) => (mode & 0o077) !== 0)).toEqual([]);
  });
});

describe('the worker', () => {
  test('is seen while it lives', async () => {
    const machine = instance.machineOf(`${workerScript} wait`);
    expect(await machine.worker()).toBe('none');
    await machine.startRunner(processGrant);
    await until('a worker is seen', isWorking(machine));
    const worker = workingIn(viewProcesses(), instance.files.work).find(({ pid }) => pid !== runnerPid());
    process.kill(worker?.pid ?? 0, 'SIGKILL');
    await until('no worker is seen', async () => (await machine.worker()) === 'none');
  });

  test.each(['known', 'new'])('is seen after its listener died, by a %s agent', async (agent) => {
    const machine = instance.machineOf(`(${workerScript} wait) & wait`);
    await machine.startRunner(processGrant);
    await until('a worker is seen', isWorking(machine));
    const view = viewProcesses();
    for (const { pid } of workingIn(view, instance.files.work)) {
      if (view.argvOf(pid)[0] === 'bash') process.kill(pid, 'SIGKILL');
    }
    await until('the runner has exited', isExited(machine));
    expect(await (agent === 'known' ? machine : instance.machineOf('')).worker()).toBe('running');
  });

  test('is not what merely speaks of one', async () => {
    const machine = instance.machineOf('bash -c "sleep 600; true" job job Runner.Worker');
    await machine.startRunner(processGrant);
    await until('the job runs', () => instance.running() >= 2);
    expect(await machine.worker()).toBe('none');
  });
});

describe('the end', () => {
  test('takes everything along, and gives its first reason', async () => {
    let exits = 0;
    const machine = instance.machineOf(`${workerScript} (trap '' INT TERM; setsid sleep 600) & wait`, () => {
      exits += 1;
    });
    await machine.startRunner(processGrant);
    await until('all of it runs', () => instance.running() >= 3);
    await machine.end('job-done');
    expect(instance.running()).toBe(0);
    await machine.end('left');
    expect(exits).toBe(2);
    expect(readState(instance.files.exit)).toMatchObject({ reason: 'job-done' });
    await expect(instance.machineOf('').startRunner(processGrant)).rejects.toThrow('ending');
  });
});

describe('a notice', () => {
  test('is a file, with a time or without', async () => {
    const machine = instance.machineOf('');
    expect(await machine.notice()).toBeNull();
    writeFileSync(instance.files.notice, '');
    utimesSync(instance.files.notice, 1_700, 1_700);
    expect(await machine.notice()).toBe(1_700_000);
    writeFileSync(instance.files.notice, '2026-01-01T00:02:00Z\n');
    expect(await machine.notice()).toBe(Date.UTC(2026, 0, 1, 0, 2));
    writeFileSync(instance.files.notice, '12345');
    expect(await machine.notice()).toBe(12_345);
  });
});

test('a long runner log is cut', async () => {
  mkdirSync(instance.files.work);
  const machine = processMachine({
    folder: instance.path,
    runnerCommand: ['bash', '-c', 'head -c 5000 /dev/zero; exec sleep 600'],
    environment: { PATH: process.env.PATH },
    clock: skippingClock(),
    exit: () => undefined,
    logLimitBytes: 1000,
  });
  await machine.startRunner(processGrant);
  await until('it has written', () => readFileSync(instance.files.runnerLog).length === 5000);
  await machine.worker();
  expect(readFileSync(instance.files.runnerLog)).toHaveLength(0);
  expect(readFileSync(join(instance.path, 'runner.log.1'))).toHaveLength(5000);
});
