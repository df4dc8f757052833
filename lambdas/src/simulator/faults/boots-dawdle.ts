import type { Fault } from './fault.ts';

const lateMedianSeconds = 150;
const lateSpread = 1.2;
const latestSeconds = 1800;

export const bootsDawdle: Fault = {
  name: 'boots-dawdle',
  sentence: 'Machines take minutes longer than usual, and some of them longer than they are waited for.',
  begin: ({ chance, intensity, config, hit }) => ({
    ofBoot: ({ id, fleet }) => {
      if (!chance.happens(0.4 * intensity)) return undefined;
      hit(id);
      const limitMinutes = config().fleets.find(({ name }) => name === fleet)?.runnerBootTimeMinutes ?? 0;
      // At the very moment when it is given up.
      if (chance.happens(0.4)) return { delaySeconds: Math.max(0, limitMinutes * 60 - chance.between(0, 90)) };
      return { delaySeconds: Math.min(latestSeconds, chance.lognormal(lateMedianSeconds, lateSpread)) };
    },
  }),
};
