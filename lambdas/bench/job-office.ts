import type { MemoryMachine } from '../src/adapters/machine/memory-machine.ts';
import { webhook } from '../src/functions/webhook/webhook.ts';
import type { World } from '../src/functions/world.ts';
import type { City } from '../tests/city/city.ts';

/** The forge's side of a burst: gives its jobs out in order, to whoever listens. */
export interface JobOffice {
  /** False: there was none left. */
  giveJob(machine: MemoryMachine, runnerName: string): Promise<boolean>;
  started(): number;
}

export function jobOffice({ clock, forge }: City, world: World, jobSeconds: number): JobOffice {
  let started = 0;
  let waiting: string[] | undefined;
  const tell = (key: string): Promise<unknown> => webhook(world, forge.delivery(key));

  const finish = async (key: string, machine: MemoryMachine): Promise<void> => {
    await clock.sleep(jobSeconds);
    forge.finishJob(key);
    machine.setWorker('none');
    machine.setRunner('exited');
    await tell(key);
  };

  return {
    async giveJob(machine, runnerName) {
      waiting ??= forge.jobs().map(({ key }) => key);
      const key = waiting[started];
      if (key === undefined) return false;
      started += 1;
      forge.startJob(key, runnerName);
      machine.setWorker('running');
      await tell(key);
      void finish(key, machine);
      return true;
    },
    started: () => started,
  };
}
