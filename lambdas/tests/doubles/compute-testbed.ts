import { join } from 'node:path';
import { type ProcessComputeOptions, processCompute } from '../../src/adapters/compute/process/process-compute.ts';
import { memoryLog } from '../../src/adapters/log/memory-log.ts';
import { type AgentRecord, instanceFiles, type RunnerRecord } from '../../src/adapters/process/instance-folder.ts';
import { viewProcesses, workingIn } from '../../src/adapters/process/process-view.ts';
import { spawnDetached } from '../../src/adapters/process/spawn-detached.ts';
import { readState, writeState } from '../../src/adapters/process/state-file.ts';
import type { Instance, LaunchRequest } from '../../src/core/instance.ts';
import type { Compute, InstanceFilter } from '../../src/ports/compute.ts';
import { processFolder, skippingClock, until } from './processes.ts';

export const launchRequest: LaunchRequest = {
  token: 'step-1',
  launchId: 'l-1',
  lane: 'small/org:acme',
  fleet: 'small',
  count: 2,
  market: 'spot',
  placements: [{ type: 'process', zone: 'local' }],
};

/** An agent that does nothing, and does it for long. */
export const sleepingAgent = ['/bin/sh', '-c', 'echo "$0"; exec sleep 600'];

export type ComputeTestbed = ReturnType<typeof computeTestbed>;

/** A folder of real processes, and what a test does to them behind the adapter's back. */
export function computeTestbed() {
  const folder = processFolder();
  const clock = skippingClock();
  const filesOf = (id = '') => instanceFiles(join(folder.path, 'instances', id));
  const agentPid = (id = ''): number => readState<AgentRecord>(filesOf(id).agent)?.process.pid ?? 0;
  return {
    path: folder.path,
    clock,
    filesOf,
    agentPid,
    /** A successor of the last one, over the same folder. */
    compute: (options: Partial<ProcessComputeOptions> = {}): Compute =>
      processCompute({
        folder: folder.path,
        agentCommand: sleepingAgent,
        agentConfig: { hello: 'agent' },
        environment: { PATH: process.env.PATH, SECRET: 'hunter2' },
        clock,
        log: memoryLog(),
        graceSeconds: 0.5,
        ...options,
      }),
    running: (id?: string): number =>
      workingIn(viewProcesses(), id ? join(folder.path, 'instances', id) : folder.path).length,
    /** What an agent would have started: something that lives in a session of its own, and is written down. */
    startRunner: (id: string): Promise<void> => {
      const files = filesOf(id);
      const command = { argv: ['sleep', '600'], env: {}, folder: files.work, log: files.runnerLog };
      return spawnDetached(command, (ref) => writeState(files.runner, { process: ref } satisfies RunnerRecord));
    },
    killAgent: async (id = ''): Promise<void> => {
      const pid = agentPid(id);
      process.kill(pid, 'SIGKILL');
      await until('the agent is dead', () => viewProcesses().at(pid) === undefined);
    },
    dispose: () => folder[Symbol.dispose](),
  };
}

export async function listed(compute: Compute, filter: InstanceFilter = {}): Promise<readonly Instance[]> {
  const instances: Instance[] = [];
  for await (const instance of compute.list(filter)) instances.push(instance);
  return instances;
}

export const idsOf = (instances: readonly Instance[]): readonly string[] => instances.map(({ id }) => id).sort();

export async function launchOne(compute: Compute): Promise<string> {
  const { instances } = await compute.launch({ ...launchRequest, count: 1 });
  const [instance] = instances;
  if (!instance) throw new Error('nothing was launched');
  return instance.id;
}
