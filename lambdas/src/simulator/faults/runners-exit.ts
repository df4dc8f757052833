import type { Fault } from './fault.ts';
import { machinesUp } from './machines-up.ts';
import { nowAndThen } from './now-and-then.ts';

export const runnersExit: Fault = {
  name: 'runners-exit',
  sentence: "Runners' processes end at once, or at any moment later, and their jobs with them.",
  begin: (site) => {
    const { chance, intensity, hit } = site;
    nowAndThen(site, 600, () => {
      const machines = machinesUp(site);
      if (machines.length === 0) return;
      const machine = chance.pick(machines);
      if (machine.exitRunner()) hit(machine.instance.id);
    });
    return {
      ofBoot: ({ id }) => {
        if (!chance.happens(0.2 * intensity)) return undefined;
        hit(id);
        return { runnerExits: true };
      },
    };
  },
};
