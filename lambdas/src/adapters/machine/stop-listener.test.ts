import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type ProcessFolder,
  processFolder,
  skippingClock,
  until,
  workerScript,
} from '../../../tests/doubles/processes.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import type { Machine } from '../../ports/machine.ts';
import { type InstanceRecord, instanceFiles } from '../process/instance-folder.ts';
import { viewProcesses, workingIn } from '../process/process-view.ts';
import { writeState } from '../process/state-file.ts';
import { processMachine } from './process-machine.ts';

const record: InstanceRecord = {
  id: 'i-1',
  lane: 'small/org:acme',
  fleet: 'small',
  launchId: 'l-1',
  launchedAt: 1_700_000_000_000,
  type: 'process',
  zone: 'local',
  market: 'spot',
};
const grant: RunnerGrant = {
  registration: { id: '1', name: 'ghr-i-1' },
  singleUse: true,
  boot: { argv: ['--ephemeral'], env: { RUNNER_SECRET: 'hunter2' } },
};

let folder: ProcessFolder;
let files: ReturnType<typeof instanceFiles>;
beforeEach(() => {
  folder = processFolder();
  files = instanceFiles(folder.path);
  writeState(files.instance, record);
});
afterEach(() => folder[Symbol.dispose]());

const machineOf = (script: string): Machine =>
  processMachine({
    folder: folder.path,
    runnerCommand: ['bash', '-c', script, 'runner'],
    environment: { PATH: process.env.PATH },
    clock: skippingClock(),
    exit: () => undefined,
    graceSeconds: 0.5,
  });
const running = (): number => workingIn(viewProcesses(), folder.path).length;
const isWorking = (machine: Machine) => async () => (await machine.worker()) === 'running';

describe('a listener that is told to stop', () => {
  const chatty = 'n=0; while sleep 0.05; do n=$((n + 1)); echo "look $n"; done';
  const lookCount = (): number => readFileSync(files.runnerLog, 'utf8').split('look').length;

  test('does nothing any more, and ends with its machine', async () => {
    const machine = machineOf(chatty);
    expect(await machine.stopListening()).toBe('stopped');
    await machine.startRunner(grant);
    await until('it listens', () => lookCount() > 2);
    expect(await machine.stopListening()).toBe('stopped');
    expect(await machine.stopListening()).toBe('stopped');
    const before = lookCount();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lookCount()).toBe(before);
    expect(await machine.runner()).toBe('running');
    await machine.end('row-gone');
    expect(running()).toBe(0);
  });

  test('goes on where a worker is there', async () => {
    const machine = machineOf(`${workerScript} ${chatty}`);
    await machine.startRunner(grant);
    await until('a worker is seen', isWorking(machine));
    expect(await machine.stopListening()).toBe('working');
    const before = lookCount();
    await until('it listens on', () => lookCount() > before);
  });

  test('goes on where it says that it has a job, until that is over, or nothing came of it', async () => {
    const said = '2026-01-01 00:00:00Z: Running job: build (1)';
    const over = '2026-01-01 00:05:00Z: Job build (1) completed with result: Succeeded';
    const machine = machineOf(`echo "${said}"; sleep 1; echo "${over}"; ${chatty}`);
    await machine.startRunner(grant);
    await until('it has a job', () => readFileSync(files.runnerLog, 'utf8').includes(said));
    expect(await machine.stopListening()).toBe('working');
    await until('it listens', () => lookCount() > 1);
    expect(await machine.stopListening()).toBe('stopped');
    writeFileSync(files.runnerLog, said);
    utimesSync(files.runnerLog, 1_700, 1_700);
    expect(await machineOf('').stopListening()).toBe('stopped');
  });
});
