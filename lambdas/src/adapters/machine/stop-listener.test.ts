import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ProcessInstance, processGrant, processInstance } from '../../../tests/doubles/process-instance.ts';
import { until, workerScript } from '../../../tests/doubles/processes.ts';
import type { Machine } from '../../ports/machine.ts';

let instance: ProcessInstance;
beforeEach(() => {
  instance = processInstance();
});
afterEach(() => instance[Symbol.dispose]());

const isWorking = (machine: Machine) => async () => (await machine.worker()) === 'running';

describe('a listener that is told to stop', () => {
  const chatty = 'n=0; while sleep 0.05; do n=$((n + 1)); echo "look $n"; done';
  const lookCount = (): number => readFileSync(instance.files.runnerLog, 'utf8').split('look').length;

  test('does nothing any more, and ends with its machine', async () => {
    const machine = instance.machineOf(chatty);
    expect(await machine.stopListening()).toBe('stopped');
    await machine.startRunner(processGrant);
    await until('it listens', () => lookCount() > 2);
    expect(await machine.stopListening()).toBe('stopped');
    expect(await machine.stopListening()).toBe('stopped');
    const before = lookCount();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lookCount()).toBe(before);
    expect(await machine.runner()).toBe('running');
    await machine.end('row-gone');
    expect(instance.running()).toBe(0);
  });

  test('goes on where a worker is there', async () => {
    const machine = instance.machineOf(`${workerScript} ${chatty}`);
    await machine.startRunner(processGrant);
    await until('a worker is seen', isWorking(machine));
    expect(await machine.stopListening()).toBe('working');
    const before = lookCount();
    await until('it listens on', () => lookCount() > before);
  });

  test('goes on where it says that it has a job, until that is over, or nothing came of it', async () => {
    const said = '2026-01-01 00:00:00Z: Running job: build (1)';
    const over = '2026-01-01 00:05:00Z: Job build (1) completed with result: Succeeded';
    const machine = instance.machineOf(`echo "${said}"; sleep 1; echo "${over}"; ${chatty}`);
    await machine.startRunner(processGrant);
    await until('it has a job', () => readFileSync(instance.files.runnerLog, 'utf8').includes(said));
    expect(await machine.stopListening()).toBe('working');
    await until('it listens', () => lookCount() > 1);
    expect(await machine.stopListening()).toBe('stopped');
    writeFileSync(instance.files.runnerLog, said);
    utimesSync(instance.files.runnerLog, 1_700, 1_700);
    expect(await instance.machineOf('').stopListening()).toBe('stopped');
  });
});
