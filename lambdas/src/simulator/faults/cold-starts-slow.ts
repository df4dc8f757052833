import type { Fault } from './fault.ts';

/** Lambda gives an environment's start ten seconds, and then tries once more within the invocation's time. */
const slowSeconds = [2, 20] as const;

export const coldStartsSlow: Fault = {
  name: 'cold-starts-slow',
  sentence: 'New environments take many seconds, and some longer than the forge waits for an answer.',
  begin: ({ chance, intensity, hit }) => ({
    ofColdStart: (name) => {
      if (!chance.happens(0.5 * intensity)) return undefined;
      hit(name);
      return chance.between(...slowSeconds);
    },
  }),
};
