import { type MemoryMachine, memoryMachine } from '../src/adapters/machine/memory-machine.ts';
import type { Instant } from '../src/core/instant.ts';
import { runHost } from '../src/functions/host/host.ts';
import { lookAtMachine } from '../src/functions/sweep/look-at-machine.ts';
import type { World } from '../src/functions/world.ts';
import type { City } from '../tests/city/city.ts';
import type { JobOffice } from './job-office.ts';

/** From the start of a machine's system to a runner that listens. */
const listensAfterSeconds = 20;

interface Life {
  readonly machine: MemoryMachine;
  readonly startedAt: Instant;
  hasJob: boolean;
}

export interface MachineLives {
  /** Starts a host on each machine that runs now, lets listening runners take jobs, and tells of machines that ended. */
  tick(): Promise<void>;
  alive(): number;
}

export function machineLives(place: City, world: World, office: JobOffice): MachineLives {
  const { clock, compute } = place;
  const lives = new Map<string, Life>();
  const ended = new Set<string>();
  let alive = 0;

  const tick = async (): Promise<void> => {
    const machines = compute.cloud.machines();
    alive = machines.filter(({ state }) => state !== 'terminated').length;
    for (const { id, state } of machines) {
      if (state === 'running' && !lives.has(id)) lives.set(id, begin(place, world, id));
      if (state === 'terminated' && !ended.has(id)) {
        ended.add(id);
        // What EventBridge says of each state change.
        await lookAtMachine(world, id);
      }
    }
    for (const life of lives.values()) await takeJob(life);
  };

  const takeJob = async (life: Life): Promise<void> => {
    const [grant] = life.machine.started;
    const listens = clock.now() >= life.startedAt + listensAfterSeconds * 1000;
    if (life.hasJob || grant === undefined || !listens) return;
    life.hasJob = await office.giveJob(life.machine, grant.registration.name);
  };

  return { tick, alive: () => alive };
}

function begin({ clock, compute, hosts }: City, { log }: World, id: string): Life {
  const machine = memoryMachine({ instanceId: id, clock });
  const ending = {
    ...machine,
    end: async (reason: string) => {
      await machine.end(reason);
      compute.cloud.shutdown(id);
    },
  };
  const isGone = (): boolean => compute.cloud.machine(id)?.state === 'terminated';
  // A machine that is gone sleeps for ever: nothing of it goes on.
  const sleep = (seconds: number) => (isGone() ? new Promise<void>(() => {}) : clock.sleep(seconds));
  void runHost({ own: hosts.ownHost(id), machine: ending, clock: { ...clock, sleep }, log });
  return { machine, startedAt: clock.now(), hasJob: false };
}
