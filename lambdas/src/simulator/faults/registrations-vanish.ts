import type { Fault } from './fault.ts';
import { nowAndThen } from './now-and-then.ts';

export const registrationsVanish: Fault = {
  name: 'registrations-vanish',
  sentence:
    'The forge forgets a runner, before it listens or while it does; some are told, others listen on for nothing.',
  begin: (site) => {
    const { chance, hit } = site;
    nowAndThen(site, 300, () => {
      const { office } = site.world();
      const idle = [...office.runners.values()].filter(({ job }) => job === undefined);
      if (idle.length === 0) return;
      const runner = chance.pick(idle);
      hit(runner.name);
      office.remove(runner, 'forge');
      if (chance.happens(0.5)) runner.listener?.exit?.();
    });
    return {};
  },
};
