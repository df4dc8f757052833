import { after, ageSeconds } from '../../core/instant.ts';
import type { Fault } from './fault.ts';
import { machinesUp } from './machines-up.ts';
import { nowAndThen } from './now-and-then.ts';

/** A job that takes all of the machine's memory and disk: its agent is starved as long as that lasts. */
const hangSeconds = [60, 2400] as const;

export const agentsHang: Fault = {
  name: 'agents-hang',
  sentence: 'Single agents hang for up to 40 minutes, while their runner works on and the forge sees it.',
  begin: (site) => {
    const { chance, time, endAt } = site;
    nowAndThen(site, 300, () => {
      const machines = machinesUp(site);
      if (machines.length === 0) return;
      const machine = chance.pick(machines);
      site.hit(machine.instance.id);
      const seconds = Math.min(chance.between(...hangSeconds), ageSeconds(time.now(), endAt));
      machine.freezeAgent(seconds);
      // A starved system may not answer EC2's own check either.
      if (!chance.happens(0.3)) return;
      const { cloud } = site.world();
      cloud.setImpaired(machine.instance.id, true);
      time.at(after(time.now(), seconds), () => {
        if (machine.isUp) cloud.setImpaired(machine.instance.id, false);
      });
    });
    return {};
  },
};
