import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  filesBelow,
  type ProcessFolder,
  processFolder,
  type SkippingClock,
  skippingClock,
  until,
} from '../../../../tests/doubles/processes.ts';
import type { Instance, LaunchRequest } from '../../../core/instance.ts';
import { type Compute, type InstanceFilter, TokenMismatchError } from '../../../ports/compute.ts';
import { memoryLog } from '../../log/memory-log.ts';
import { type AgentRecord, instanceFiles, type RunnerRecord } from '../../process/instance-folder.ts';
import { viewProcesses, workingIn } from '../../process/process-view.ts';
import { spawnDetached } from '../../process/spawn-detached.ts';
import { readState, writeState } from '../../process/state-file.ts';
import { type ProcessComputeOptions, processCompute } from './process-compute.ts';

const request: LaunchRequest = {
  token: 'step-1',
  launchId: 'l-1',
  lane: 'small/org:acme',
  fleet: 'small',
  count: 2,
  market: 'spot',
  placements: [{ type: 'process', zone: 'local' }],
};

let folder: ProcessFolder;
let clock: SkippingClock;
beforeEach(() => {
  folder = processFolder();
  clock = skippingClock();
});
afterEach(() => folder[Symbol.dispose]());

const sleeper = ['/bin/sh', '-c', 'echo "$0"; exec sleep 600'];
const computeOf = (options: Partial<ProcessComputeOptions> = {}): Compute =>
  processCompute({
    folder: folder.path,
    agentCommand: sleeper,
    agentConfig: { hello: 'agent' },
    environment: { PATH: process.env.PATH, SECRET: 'hunter2' },
    clock,
    log: memoryLog(),
    graceSeconds: 0.5,
    ...options,
  });
const listed = async (compute: Compute, filter: InstanceFilter = {}): Promise<readonly Instance[]> => {
  const instances: Instance[] = [];
  for await (const instance of compute.list(filter)) instances.push(instance);
  return instances;
};
const idsOf = (instances: readonly Instance[]): readonly string[] => instances.map(({ id }) => id).sort();
const filesOf = (id: string | undefined) => instanceFiles(join(folder.path, 'instances', id ?? ''));
const agentPid = (id: string | undefined): number => readState<AgentRecord>(filesOf(id).agent)?.process.pid ?? 0;
const runningBelow = (path: string): number => workingIn(viewProcesses(), path).length;

/** What an agent would have started: something that lives in a session of its own, and is written down. */
async function startRunner(id: string): Promise<void> {
  const files = filesOf(id);
  const command = { argv: ['sleep', '600'], env: {}, folder: files.work, log: files.runnerLog };
  await spawnDetached(command, (ref) => writeState(files.runner, { process: ref } satisfies RunnerRecord));
}
async function killAgent(id: string): Promise<void> {
  const pid = agentPid(id);
  process.kill(pid, 'SIGKILL');
  await until('the agent is dead', () => viewProcesses().at(pid) === undefined);
}

describe('a launch', () => {
  test('starts an agent in each folder, and a replay starts no more', async () => {
    const compute = computeOf();
    const [launched, again] = await Promise.all([compute.launch(request), compute.launch(request)]);
    expect(launched.instances).toHaveLength(2);
    expect(again).toEqual(launched);
    expect(idsOf(await listed(compute))).toEqual(idsOf(launched.instances));
    expect(runningBelow(folder.path)).toBe(2);
    expect(readState(filesOf(launched.instances[0]?.id).agentConfig)).toEqual({ hello: 'agent' });
  });

  test('refuses its token to another request', async () => {
    const compute = computeOf();
    await compute.launch(request);
    await expect(computeOf().launch({ ...request, count: 3 })).rejects.toThrow(TokenMismatchError);
  });

  test('leaves no secret to others: not in arguments, not in files', async () => {
    const { instances } = await computeOf().launch(request);
    expect(viewProcesses().argvOf(agentPid(instances[0]?.id)).join(' ')).not.toContain('hunter2');
    const files = filesBelow(folder.path);
    expect(files.filter(({ text }) => text.includes('hunter2'))).toEqual([]);
    expect(files.filter(({ mode }) => (mode & 0o077) !== 0)).toEqual([]);
  });

  test('of a command that is not there is an error of configuration', async () => {
    const compute = computeOf({ agentCommand: ['/nowhere/agent'] });
    const result = await compute.launch(request);
    expect(result).toMatchObject({ instances: [], errors: [{ kind: 'configuration' }] });
    expect(await compute.launch(request)).toEqual(result);
    expect(await listed(compute)).toEqual([]);
  });
});

describe('after a crash of the launcher', () => {
  test('its machines live on, and its successor knows them', async () => {
    const source = `
      import { processCompute } from ${JSON.stringify(new URL('process-compute.ts', import.meta.url).href)};
      const log = { info() {}, warn() {}, error() {} };
      const clock = { now: Date.now, sleep: async () => {}, fraction: Math.random, id: () => 'x' };
      const options = ${JSON.stringify({ folder: folder.path, agentCommand: sleeper, agentConfig: {}, environment: {} })};
      await processCompute({ ...options, clock, log }).launch(${JSON.stringify(request)});
      process.stdout.write('launched');
      setInterval(() => {}, 1000);
    `;
    const launcher = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', source]);
    let output = '';
    launcher.stdout.on('data', (data) => {
      output += String(data);
    });
    launcher.stderr.on('data', (data) => {
      output += String(data);
    });
    await until('it has launched', () => output.length > 0);
    expect(output).toBe('launched');
    launcher.kill('SIGKILL');
    await until('it is dead', () => launcher.signalCode !== null);

    const compute = computeOf();
    expect((await listed(compute)).map(({ state }) => state)).toEqual(['running', 'running']);
    expect(idsOf((await compute.launch(request)).instances)).toEqual(idsOf(await listed(compute)));
    expect(runningBelow(folder.path)).toBe(2);
  });

  test('what it had not started yet is started by the replay, under the same ids', async () => {
    const launched = await computeOf().launch(request);
    const [first, second] = idsOf(launched.instances);
    await breakOff();
    await killAgent(first ?? '');
    rmSync(filesOf(first).agent);
    rmSync(join(folder.path, 'instances', second ?? ''), { recursive: true });
    for (const { pid } of workingIn(viewProcesses(), folder.path)) process.kill(pid, 'SIGKILL');

    const compute = computeOf();
    expect(await listed(compute)).toMatchObject([{ id: first, state: 'pending' }]);
    const replayed = await compute.launch(request);
    expect(idsOf(replayed.instances)).toEqual([first, second]);
    expect((await listed(compute)).map(({ state }) => state)).toEqual(['running', 'running']);
  });

  test('an agent that it had no time to write down is found, and not started twice', async () => {
    const launched = await computeOf().launch(request);
    await breakOff();
    const id = launched.instances[0]?.id;
    const pid = agentPid(id);
    rmSync(filesOf(id).agent);
    await computeOf().launch(request);
    expect(agentPid(id)).toBe(pid);
    expect(runningBelow(folder.path)).toBe(2);
  });

  test('a machine that nobody starts is over after a while', async () => {
    const { instances } = await computeOf().launch({ ...request, count: 1 });
    const id = instances[0]?.id ?? '';
    await killAgent(id);
    rmSync(filesOf(id).agent);
    clock.skip(61);
    expect(await listed(computeOf())).toMatchObject([{ id, state: 'terminated', endReason: 'never-started' }]);
  });

  /** Takes the outcome from the stored launch, as if it had never been written. */
  async function breakOff(): Promise<void> {
    const launches = join(folder.path, 'launches');
    for (const name of readdirSync(launches)) {
      const { outcome: _, ...begun } = readState<Record<string, unknown>>(join(launches, name)) ?? {};
      writeState(join(launches, name), begun);
    }
  }
});

describe('a dead agent', () => {
  test('without runner is a terminated machine, listed for a while and then forgotten', async () => {
    const compute = computeOf();
    const { instances } = await compute.launch({ ...request, count: 1 });
    const id = instances[0]?.id ?? '';
    await killAgent(id);
    expect(await listed(compute)).toMatchObject([{ state: 'terminated', endReason: 'agent-died' }]);
    clock.skip(601);
    expect(await listed(compute)).toEqual([]);
    expect(readdirSync(join(folder.path, 'instances'))).toEqual([]);
    expect((await compute.launch({ ...request, count: 1 })).instances).toMatchObject([{ id, state: 'terminated' }]);
  });

  test('whose runner lives is started again', async () => {
    const compute = computeOf({ restartSeconds: 0 });
    const { instances } = await compute.launch({ ...request, count: 1 });
    const id = instances[0]?.id ?? '';
    await startRunner(id);
    const before = agentPid(id);
    await killAgent(id);
    expect(await listed(compute)).toMatchObject([{ id, state: 'running' }]);
    expect(agentPid(id)).not.toBe(before);
    await listed(compute);
    expect(runningBelow(folder.path)).toBe(2);
  });

  test('is not mistaken for a later process of the same number', async () => {
    const compute = computeOf();
    const { instances } = await compute.launch({ ...request, count: 1 });
    const id = instances[0]?.id ?? '';
    await killAgent(id);
    const process_ = { pid: process.pid, startKey: 'long-ago' };
    writeState(filesOf(id).agent, { process: process_, startedAt: clock.now() } satisfies AgentRecord);
    expect(await listed(compute)).toMatchObject([{ state: 'terminated' }]);
    await compute.end([id], 'test');
  });
});

describe('an end', () => {
  test('takes agent and runner, also those that refuse, and gives the reason', async () => {
    const stubborn = ['/bin/sh', '-c', "trap '' TERM INT; echo ready; while :; do sleep 1; done"];
    const compute = computeOf({ agentCommand: stubborn });
    const { instances } = await compute.launch(request);
    const [first = '', second = ''] = idsOf(instances);
    await startRunner(first);
    await compute.end([first, 'i-unknown'], 'scale-down');
    await compute.end([first], 'again');
    expect(await listed(compute, { ids: [first, 'i-unknown'] })).toMatchObject([
      { state: 'terminated', endReason: 'scale-down' },
    ]);
    expect(runningBelow(join(folder.path, 'instances', first))).toBe(0);
    expect(await listed(compute, { ids: [second] })).toMatchObject([{ state: 'running' }]);
  });

  test('that broke off is finished', async () => {
    const compute = computeOf();
    const { instances } = await compute.launch({ ...request, count: 1 });
    const id = instances[0]?.id ?? '';
    writeState(filesOf(id).exit, { reason: 'left', at: clock.now() });
    expect(await listed(compute)).toMatchObject([{ state: 'stopping', endReason: 'left' }]);
    clock.skip(61);
    await listed(compute);
    expect(await listed(compute)).toMatchObject([{ state: 'terminated', endReason: 'left' }]);
  });
});

test('lists name what was asked for', async () => {
  const compute = computeOf();
  const first = await compute.launch(request);
  const second = await compute.launch({ ...request, token: 'step-2', launchId: 'l-2', count: 1 });
  expect(idsOf(await listed(compute, { launchId: 'l-2' }))).toEqual(idsOf(second.instances));
  expect(idsOf(await listed(compute, { ids: idsOf(first.instances), launchId: 'l-2' }))).toEqual([]);
});
