import type { Fault } from './fault.ts';

/**
 * Public figures of GitHub's own delay: median 2 s, 95th percentile 143 to 162 s, mean 655 to 968 s. So most are in time,
 * and the mean is made by a few that take hours.
 */
const lateMedianSeconds = 120;
const lateSpread = 1.5;
const latestSeconds = 4 * 3600;

export const eventsLate: Fault = {
  name: 'events-late',
  sentence: 'Events take minutes, and some of them hours.',
  begin: ({ chance, intensity, hit }) => ({
    ofDelivery: ({ key }) => {
      if (!chance.happens(0.4 * intensity)) return undefined;
      hit(key);
      return { delaySeconds: Math.min(latestSeconds, chance.lognormal(lateMedianSeconds, lateSpread)) };
    },
  }),
};
