import type { Fault } from './fault.ts';

/** A machine that is told to end may be shutting down for long: it takes a slot until EC2 calls it terminated. */
const slowMeanSeconds = 300;

export const endsSlow: Fault = {
  name: 'ends-slow',
  sentence: 'Machines that end are shutting down for minutes.',
  begin: ({ chance, intensity, hit }) => ({
    ofEnding: (instance) => {
      if (!chance.happens(0.4 * intensity)) return undefined;
      hit(instance);
      return chance.exponential(slowMeanSeconds);
    },
  }),
};
