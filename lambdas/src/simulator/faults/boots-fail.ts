import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

export const bootsFail: Fault = {
  name: 'boots-fail',
  sentence: 'Agents never start: now and then one, and for a while all of a fleet, as with a bad image.',
  begin: (site) => {
    const { chance, intensity, hit } = site;
    const badImages = incidents(site, { quietSeconds: 1800, lastsSeconds: [300, 3600] }, () =>
      chance.pick(site.config().fleets.map(({ name }) => name)),
    );
    return {
      ofBoot: ({ id, fleet }) => {
        const isBadImage = badImages.now()?.what === fleet;
        if (!isBadImage && !chance.happens(0.15 * intensity)) return undefined;
        hit(id);
        return { fails: true };
      },
    };
  },
};
