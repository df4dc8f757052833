import type { Fault } from './fault.ts';
import { machinesUp } from './machines-up.ts';
import { nowAndThen } from './now-and-then.ts';

/** A job that takes all memory leaves none for asking which processes there are, as long as it runs. */
const blindSeconds = [60, 3600] as const;

export const agentsBlind: Fault = {
  name: 'agents-blind',
  sentence: 'Single agents cannot look at their processes for up to an hour, and do not know whether anybody works.',
  begin: (site) => {
    const { chance } = site;
    nowAndThen(site, 240, () => {
      const machines = machinesUp(site);
      const working = machines.filter(({ isWorking }) => isWorking);
      // Most of them because of what works there.
      const [first] = working.length > 0 && chance.happens(0.8) ? [chance.pick(working)] : machines;
      if (first === undefined) return;
      site.hit(first.instance.id);
      first.blindAgent(chance.between(...blindSeconds));
    });
    return {};
  },
};
