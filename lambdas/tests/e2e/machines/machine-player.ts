import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
  /** Most machines that ran at once. */
  readonly peak: () => number;
  /** Why machines ended by themselves, and how often. */
  readonly reasons: () => Readonly<Record<string, number>>;
  /** What went wrong in playing, for a test to see. */
  readonly failures: () => readonly unknown[];
  /** Cuts the power of all that is left. */
  stop(): Promise<void>;
}

const pollSeconds = 0.2;

/** Plays a machine for each instance that runs, as long as it runs. */
export function startMachinePlayer({ cloud, ownHostOf, folder, runnerCommand }: MachinePlayerOptions): MachinePlayer {
  const playing = new Map<string, PlayedMachine>();
  const down = new Set<string>();
  const reasons: Record<string, number> = {};
  const failures: unknown[] = [];
  let peak = 0;
  let isStopped = false;

  async function play(instance: InstanceRecord): Promise<void> {
    const own = ownHostOf(instance.id);
    const machine = playMachine({ instance, folder: join(folder, instance.id), own, runnerCommand });
    playing.set(instance.id, machine);
    const reason = await machine.ended;
    down.add(instance.id);
    playing.delete(instance.id);
    if (reason === undefined) return;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
    await cloud.shutDown(instance.id);
  }

  async function look(): Promise<void> {
    const running = await cloud.running();
    peak = Math.max(peak, running.length);
    const ids = new Set(running.map(({ id }) => id));
    for (const instance of running) {
      if (playing.has(instance.id) || down.has(instance.id)) continue;
      play(instance).catch((error: unknown) => failures.push(error));
    }
    const ended = [...playing].filter(([id]) => !ids.has(id));
    await Promise.all(ended.map(([, machine]) => machine.cutPower()));
  }

  const looking = (async () => {
    while (!isStopped) {
      await look().catch((error: unknown) => failures.push(error));
      await sleep(pollSeconds * 1000);
    }
  })();

  return {
    peak: () => peak,
    reasons: () => reasons,
    failures: () => failures,
    async stop() {
      isStopped = true;
      await looking;
      await Promise.all([...playing.values()].map((machine) => machine.cutPower()));
    },
  };
}
