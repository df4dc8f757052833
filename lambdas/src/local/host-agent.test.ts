import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ComputeTestbed, computeTestbed, launchOne, listed } from '../../tests/doubles/compute-testbed.ts';
import { until, workerScript } from '../../tests/doubles/processes.ts';
import { type SqliteHosts, sqliteHosts } from '../adapters/hosts/sqlite-hosts.ts';
import type { RunnerRecord } from '../adapters/process/instance-folder.ts';
import { viewProcesses } from '../adapters/process/process-view.ts';
import { readState } from '../adapters/process/state-file.ts';
import type { Lane } from '../core/lane.ts';
import type { Lease } from '../core/runner.ts';
import type { Compute } from '../ports/compute.ts';
import type { HostPolicy } from '../ports/hosts.ts';
import type { HostAgentConfig } from './host-agent.ts';

const policy: HostPolicy = {
  bootLimitSeconds: 60,
  firstJobSeconds: 60,
  hardLimitSeconds: 600,
  leaseRenewalSeconds: 1,
  quietSeconds: 3,
  answerLimitSeconds: 10,
  rowlessLimitSeconds: 30,
};

const lane: Lane = { fleet: 'small', scope: 'org:acme' };
let bed: ComputeTestbed;
let hosts: SqliteHosts;
let compute: Compute;
beforeEach(() => {
  bed = computeTestbed();
  const hostsFile = join(bed.path, 'hosts.sqlite');
  hosts = sqliteHosts({ path: hostsFile });
  const agentConfig: HostAgentConfig = { hostsFile, runnerCommand: ['bash', '-c', `${workerScript} wait`, 'runner'] };
  const agent = fileURLToPath(new URL('host-agent.ts', import.meta.url));
  compute = bed.compute({ agentCommand: [process.execPath, '--no-warnings', agent], agentConfig, restartSeconds: 0 });
});
afterEach(() => {
  hosts[Symbol.dispose]();
  bed.dispose();
});

const leaseOf = async (id: string): Promise<Lease | undefined> => (await hosts.read(lane, [id])).get(id)?.lease;
const sees = (id: string, what: Lease['sees']) => async () => (await leaseOf(id))?.sees === what;

/** A machine whose runner works. */
async function workingMachine(): Promise<string> {
  const id = await launchOne(compute);
  await hosts.open(lane, [{ instanceId: id, policy }]);
  await until('it boots', sees(id, 'booting'));
  const boot = { argv: [], env: { SECRET: 'hunter2' } };
  await hosts.give(lane, id, { registration: { id: '1', name: id }, singleUse: true, boot });
  await until('it is busy', sees(id, 'busy'));
  return id;
}

test('an agent takes the grant, runs the job, and ends its machine', async () => {
  const id = await workingMachine();
  expect((await hosts.read(lane, [id])).get(id)?.grantState).toBe('taken');
  const runner = readState<RunnerRecord>(bed.filesOf(id).runner)?.process;
  for (const { pid } of viewProcesses().childrenOf(runner?.pid ?? 0)) process.kill(pid, 'SIGKILL');
  await until('it has ended', async () => (await listed(compute))[0]?.state === 'terminated');
  expect(await listed(compute)).toMatchObject([{ id, endReason: 'job-done' }]);
  expect(await leaseOf(id)).toMatchObject({ sees: 'done' });
  expect(bed.running()).toBe(0);
});

test('an agent that is killed is started again, and goes on with the runner that it finds', async () => {
  const id = await workingMachine();
  const runner = readState<RunnerRecord>(bed.filesOf(id).runner);
  await bed.killAgent(id);
  const before = await leaseOf(id);
  expect(await listed(compute)).toMatchObject([{ id, state: 'running' }]);
  await until('the lease moves on', async () => (await leaseOf(id))?.counter !== before?.counter);
  expect(await leaseOf(id)).toMatchObject({ sees: 'busy' });
  expect(readState<RunnerRecord>(bed.filesOf(id).runner)).toEqual(runner);
});

test('a Spot notice lets the job finish', async () => {
  const id = await workingMachine();
  writeFileSync(bed.filesOf(id).notice, '');
  const before = await leaseOf(id);
  await until('two more leases', async () => ((await leaseOf(id))?.counter ?? 0) > (before?.counter ?? 0) + 1);
  expect(await leaseOf(id)).toMatchObject({ sees: 'busy' });
});
