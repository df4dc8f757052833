import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { InstanceRecord } from '../../../src/adapters/process/instance-folder.ts';
import type { OwnHost } from '../../../src/ports/hosts.ts';
import { type PlayedMachine, playMachine } from './played-machine.ts';

/** The double of EC2 as its machines see it, behind everything that it says to those who ask. */
export interface Cloud {
  /** Machines that have power, pending ones not among them. */
  running(): Promise<readonly InstanceRecord[]>;
  /** A machine's own operating system went down, which ends it. */
  shutDown(instanceId: string): Promise<void>;
}

export interface MachinePlayerOptions {
  readonly cloud: Cloud;
  readonly ownHostOf: (instanceId: string) => OwnHost;
  /** Each machine gets one below it. */
  readonly folder: string;
  readonly runnerCommand: readonly string[];
}

export interface MachinePlayer {
  /** Cuts the power of all that is left. */
  stop(): Promise<void>;
}

const pollSeconds = 0.2;

/** Playing goes on: whether a promise was kept is judged by what became of the jobs. */
const report = (error: unknown): void => {
  process.stderr.write(`A machine could not be played: ${inspect(error)}\n`);
};

/** Plays a machine for each instance that runs, as long as it runs. */
export function startMachinePlayer({ cloud, ownHostOf, folder, runnerCommand }: MachinePlayerOptions): MachinePlayer {
  const playing = new Map<string, PlayedMachine>();
  const down = new Set<string>();
  let isStopped = false;

  async function play(instance: InstanceRecord): Promise<void> {
    const own = ownHostOf(instance.id);
    const machine = playMachine({ instance, folder: join(folder, instance.id), own, runnerCommand });
    playing.set(instance.id, machine);
    const reason = await machine.ended;
    down.add(instance.id);
    playing.delete(instance.id);
    if (reason === undefined) return;
    await cloud.shutDown(instance.id);
  }

  async function look(): Promise<void> {
    const running = await cloud.running();
    const ids = new Set(running.map(({ id }) => id));
    for (const instance of running) {
      if (playing.has(instance.id) || down.has(instance.id)) continue;
      play(instance).catch(report);
    }
    const ended = [...playing].filter(([id]) => !ids.has(id));
    await Promise.all(ended.map(([, machine]) => machine.cutPower()));
  }

  const looking = (async () => {
    while (!isStopped) {
      await look().catch(report);
      await sleep(pollSeconds * 1000);
    }
  })();

  return {
    async stop() {
      isStopped = true;
      await looking;
      await Promise.all([...playing.values()].map((machine) => machine.cutPower()));
    },
  };
}
