import type { Fault } from './fault.ts';

const lateMedianSeconds = 20;
const lateSpread = 1.5;
const latestSeconds = 900;

export const queueLate: Fault = {
  name: 'queue-late',
  sentence: 'Messages can be received seconds to minutes after they were sent.',
  begin: ({ chance, intensity, hit }) => ({
    ofSend: () => {
      if (!chance.happens(0.3 * intensity)) return undefined;
      hit();
      return Math.min(latestSeconds, chance.lognormal(lateMedianSeconds, lateSpread));
    },
  }),
};
