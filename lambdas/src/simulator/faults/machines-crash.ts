import { after } from '../../core/instant.ts';
import type { Fault } from './fault.ts';
import { machinesUp } from './machines-up.ts';
import { nowAndThen } from './now-and-then.ts';

/**
 * More than three that are silent at once is taken for a fault of ours, as design has it: then only the hard limit ends
 * them. One that somebody started by hand may be the third.
 */
const crashedLimit = 2;
/** EC2's own check finds a dead system in the end, before or after the forge has missed its runner for long. */
const impairedAfterSeconds = [60, 3600] as const;

export const machinesCrash: Fault = {
  name: 'machines-crash',
  sentence: 'Machines hang for good, runner and agent with them: EC2 calls them running, and impaired in the end.',
  begin: (site) => {
    const { chance, hit, time } = site;
    const crashed = new Set<string>();
    nowAndThen(site, 600, () => {
      const { cloud } = site.world();
      for (const id of crashed) if (!cloud.alive.has(id)) crashed.delete(id);
      const others = machinesUp(site);
      if (others.length === 0 || crashed.size >= crashedLimit) return;
      const machine = chance.pick(others);
      const { id } = machine.instance;
      crashed.add(id);
      hit(id);
      machine.crash();
      time.at(after(time.now(), chance.between(...impairedAfterSeconds)), () => cloud.setImpaired(id, true));
    });
    return {};
  },
};
