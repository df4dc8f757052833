import type { Fault } from './fault.ts';
import { machinesUp } from './machines-up.ts';
import { nowAndThen } from './now-and-then.ts';

export const agentsDie: Fault = {
  name: 'agents-die',
  sentence: 'Agents are killed at any moment, and started anew by their system.',
  begin: (site) => {
    nowAndThen(site, 45, () => {
      const machines = machinesUp(site);
      if (machines.length === 0) return;
      const machine = site.chance.pick(machines);
      site.hit(machine.instance.id);
      machine.killAgent();
    });
    return {};
  },
};
