import { processMachine } from '../../src/adapters/machine/process-machine.ts';
import { type InstanceRecord, instanceFiles } from '../../src/adapters/process/instance-folder.ts';
import { viewProcesses, workingIn } from '../../src/adapters/process/process-view.ts';
import { writeState } from '../../src/adapters/process/state-file.ts';
import type { RunnerGrant } from '../../src/ports/forge.ts';
import type { Machine } from '../../src/ports/machine.ts';
import { processFolder, skippingClock } from './processes.ts';

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

/** What a runner on a process instance boots with; `hunter2` is its secret. */
export const processGrant: RunnerGrant = {
  registration: { id: '1', name: 'ghr-i-1' },
  singleUse: true,
  boot: { argv: ['--ephemeral'], env: { RUNNER_SECRET: 'hunter2' } },
};

/** A machine's folder, as its launch leaves it; disposing of it ends all that still work there. */
export interface ProcessInstance {
  readonly path: string;
  readonly files: ReturnType<typeof instanceFiles>;
  /** The machine, with that script of bash's for a runner. */
  machineOf(script: string, exit?: () => void): Machine;
  /** Processes at work in the folder. */
  running(): number;
  [Symbol.dispose](): void;
}

export function processInstance(): ProcessInstance {
  const folder = processFolder();
  const files = instanceFiles(folder.path);
  writeState(files.instance, record);
  return {
    path: folder.path,
    files,
    machineOf: (script, exit = () => undefined) =>
      processMachine({
        folder: folder.path,
        runnerCommand: ['bash', '-c', script, 'runner'],
        environment: { PATH: process.env.PATH },
        clock: skippingClock(),
        exit,
        graceSeconds: 0.5,
      }),
    running: () => workingIn(viewProcesses(), folder.path).length,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
