import type { Fault } from './fault.ts';

const lateMedianSeconds = 150;
const lateSpread = 1.2;
const latestSeconds = 1800;

export const bootsDawdle: Fault = {
  name: 'boots-dawdle',
  sentence: 'Machines take minutes longer than usual, and some of them longer than they are waited for.',
  begin: ({ chance, intensity, hit }) => ({
    ofBoot: ({ id }) => {
      if (!chance.happens(0.4 * intensity)) return undefined;
      hit(id);
      return { delaySeconds: Math.min(latestSeconds, chance.lognormal(lateMedianSeconds, lateSpread)) };
    },
  }),
};
