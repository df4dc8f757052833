import { mkdirSync } from 'node:fs';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { memoryLog } from '../../../src/adapters/log/memory-log.ts';
import { processMachine } from '../../../src/adapters/machine/process-machine.ts';
import { endProcesses } from '../../../src/adapters/process/end-processes.ts';
import {
  type InstanceRecord,
  instanceFiles,
  type RunnerRecord,
} from '../../../src/adapters/process/instance-folder.ts';
import { readState, writeState } from '../../../src/adapters/process/state-file.ts';
import { runHost } from '../../../src/functions/host/host.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { OwnHost } from '../../../src/ports/hosts.ts';

export interface PlayedMachineOptions {
  readonly instance: InstanceRecord;
  readonly folder: string;
  readonly own: OwnHost;
  readonly runnerCommand: readonly string[];
}

export interface PlayedMachine {
  /** Resolves once its operating system is down: by its own word, which is answered, or because power was cut. */
  readonly ended: Promise<string | undefined>;
  /** EC2 ends it: nothing on it goes on. */
  cutPower(): Promise<void>;
}

class PowerCut extends Error {}

/** A machine that EC2's double made no computer for: the real host function, and a runner that is processes. */
export function playMachine({ instance, folder, own, runnerCommand }: PlayedMachineOptions): PlayedMachine {
  const files = instanceFiles(folder);
  mkdirSync(files.work, { recursive: true });
  writeState(files.instance, instance);
  const power = powered(systemClock());
  const machine = processMachine({
    folder,
    runnerCommand,
    environment: { PATH: process.env.PATH, HOME: process.env.HOME },
    clock: power.clock,
    exit: () => undefined,
  });
  const ended = runHost({ own, machine, clock: power.clock, log: memoryLog() }).then(
    ({ plan }) => (plan?.kind === 'end' ? plan.reason : undefined),
    (error: unknown) => {
      if (!(error instanceof PowerCut)) throw error;
      return undefined;
    },
  );
  return {
    ended,
    async cutPower() {
      power.cut();
      await endRunner(folder);
      await ended;
    },
  };
}

/** After the cut, nothing that waits goes on. */
function powered(clock: Clock): { readonly clock: Clock; cut(): void } {
  let isCut = false;
  return {
    clock: {
      ...clock,
      async sleep(seconds) {
        await clock.sleep(Math.min(seconds, 1));
        if (isCut) throw new PowerCut();
        if (seconds > 1) await this.sleep(seconds - 1);
      },
    },
    cut: () => {
      isCut = true;
    },
  };
}

async function endRunner(folder: string): Promise<void> {
  const files = instanceFiles(folder);
  const leaders = () => {
    const runner = readState<RunnerRecord>(files.runner)?.process;
    return runner ? [runner] : [];
  };
  const at = { clock: systemClock(), leaders, folders: [files.work] };
  await endProcesses({ ...at, gently: 'SIGKILL', graceSeconds: 5 });
}
