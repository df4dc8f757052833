import { after } from '../../core/instant.ts';
import type { Fault } from './fault.ts';
import { machinesUp } from './machines-up.ts';
import { nowAndThen } from './now-and-then.ts';

const keptSeconds = [60, 2400] as const;

export const machinesKept: Fault = {
  name: 'machines-kept',
  sentence: 'Somebody tags a machine so that it is kept, whatever it does, and takes the tag off again later.',
  begin: (site) => {
    const { chance, time, endAt } = site;
    nowAndThen(site, 300, () => {
      const { cloud } = site.world();
      const machines = machinesUp(site);
      if (machines.length === 0) return;
      const { id } = chance.pick(machines).instance;
      site.hit(id);
      cloud.setKept(id, true);
      const until = Math.min(endAt, after(time.now(), chance.between(...keptSeconds)));
      time.at(until, () => cloud.setKept(id, false));
    });
    return {};
  },
};
