import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type ComputeTestbed,
  computeTestbed,
  idsOf,
  launchOne,
  launchRequest,
  listed,
} from '../../../../tests/doubles/compute-testbed.ts';
import { filesBelow } from '../../../../tests/doubles/processes.ts';
import { TokenMismatchError } from '../../../ports/compute.ts';
import type { AgentRecord } from '../../process/instance-folder.ts';
import { viewProcesses } from '../../process/process-view.ts';
import { readState, writeState } from '../../process/state-file.ts';

let bed: ComputeTestbed;
beforeEach(() => {
  bed = computeTestbed();
});
afterEach(() => bed.dispose());

describe('a launch', () => {
  test('starts an agent in each folder, and a replay starts no more', async () => {
    const compute = bed.compute();
    const [launched, again] = await Promise.all([compute.launch(launchRequest), compute.launch(launchRequest)]);
    expect(launched.instances).toHaveLength(2);
    expect(again).toEqual(launched);
    expect(idsOf(await listed(compute))).toEqual(idsOf(launched.instances));
    expect(bed.running()).toBe(2);
    expect(readState(bed.filesOf(launched.instances[0]?.id).agentConfig)).toEqual({ hello: 'agent' });
  });

  test('refuses its token to another launchRequest', async () => {
    const compute = bed.compute();
    await compute.launch(launchRequest);
    await expect(bed.compute().launch({ ...launchRequest, count: 3 })).rejects.toThrow(TokenMismatchError);
  });

  test('leaves no secret to others: not in arguments, not in files', async () => {
    const { instances } = await bed.compute().launch(launchRequest);
    expect(viewProcesses().argvOf(bed.agentPid(instances[0]?.id)).join(' ')).not.toContain('hunter2');
    const files = filesBelow(bed.path);
    expect(files.filter(({ text }) => text.includes('hunter2'))).toEqual([]);
    expect(files.filter(({ mode }) => (mode & 0o077) !== 0)).toEqual([]);
  });

  test('of a command that is not there is an error of configuration', async () => {
    const compute = bed.compute({ agentCommand: ['/nowhere/agent'] });
    const result = await compute.launch(launchRequest);
    expect(result).toMatchObject({ instances: [], errors: [{ kind: 'configuration' }] });
    expect(await compute.launch(launchRequest)).toEqual(result);
    expect(await listed(compute)).toEqual([]);
  });
});

describe('a dead agent', () => {
  test('without runner is a terminated machine, listed for a while and then forgotten', async () => {
    const compute = bed.compute();
    const id = await launchOne(compute);
    await bed.killAgent(id);
    expect(await listed(compute)).toMatchObject([{ state: 'terminated', endReason: 'agent-died' }]);
    bed.clock.skip(601);
    expect(await listed(compute)).toEqual([]);
    expect(readdirSync(join(bed.path, 'instances'))).toEqual([]);
    expect((await compute.launch({ ...launchRequest, count: 1 })).instances).toMatchObject([
      { id, state: 'terminated' },
    ]);
  });

  test('whose runner lives is started again', async () => {
    const compute = bed.compute({ restartSeconds: 0 });
    const id = await launchOne(compute);
    await bed.startRunner(id);
    const before = bed.agentPid(id);
    await bed.killAgent(id);
    expect(await listed(compute)).toMatchObject([{ id, state: 'running' }]);
    expect(bed.agentPid(id)).not.toBe(before);
    await listed(compute);
    expect(bed.running()).toBe(2);
  });

  test('is not mistaken for a later process of the same number', async () => {
    const compute = bed.compute();
    const id = await launchOne(compute);
    await bed.killAgent(id);
    const process_ = { pid: process.pid, startKey: 'long-ago' };
    writeState(bed.filesOf(id).agent, { process: process_, startedAt: bed.clock.now() } satisfies AgentRecord);
    expect(await listed(compute)).toMatchObject([{ state: 'terminated' }]);
    await compute.end([id], 'test');
  });
});

describe('an end', () => {
  test('takes agent and runner, also those that refuse, and gives the reason', async () => {
    const stubborn = ['/bin/sh', '-c', "trap '' TERM INT; echo ready; while :; do sleep 1; done"];
    const compute = bed.compute({ agentCommand: stubborn });
    const { instances } = await compute.launch(launchRequest);
    const [first = '', second = ''] = idsOf(instances);
    await bed.startRunner(first);
    await compute.end([first, 'i-unknown'], 'scale-down');
    await compute.end([first], 'again');
    expect(await listed(compute, { ids: [first, 'i-unknown'] })).toMatchObject([
      { state: 'terminated', endReason: 'scale-down' },
    ]);
    expect(bed.running(first)).toBe(0);
    expect(await listed(compute, { ids: [second] })).toMatchObject([{ state: 'running' }]);
  });

  test('that broke off is finished', async () => {
    const compute = bed.compute();
    const id = await launchOne(compute);
    writeState(bed.filesOf(id).exit, { reason: 'left', at: bed.clock.now() });
    expect(await listed(compute)).toMatchObject([{ state: 'stopping', endReason: 'left' }]);
    bed.clock.skip(61);
    await listed(compute);
    expect(await listed(compute)).toMatchObject([{ state: 'terminated', endReason: 'left' }]);
  });
});

test('lists name what was asked for', async () => {
  const compute = bed.compute();
  const first = await compute.launch(launchRequest);
  const second = await compute.launch({ ...launchRequest, token: 'step-2', launchId: 'l-2', count: 1 });
  expect(idsOf(await listed(compute, { launchId: 'l-2' }))).toEqual(idsOf(second.instances));
  expect(idsOf(await listed(compute, { ids: idsOf(first.instances), launchId: 'l-2' }))).toEqual([]);
});
