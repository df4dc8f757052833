import type { Chance } from '../engine/chance.ts';
import type { Fault } from './fault.ts';

/** Of a clock that nobody set: minutes, and for some of them hours. */
const skewMedianSeconds = 300;
const skewSpread = 1.5;
const skewLimitSeconds = 6 * 3600;

export const clocksDiffer: Fault = {
  name: 'clocks-differ',
  sentence: "Machines' clocks are off by minutes to hours, and are set while they run.",
  begin: ({ chance, intensity, hit }) => ({
    ofBoot: ({ id }) => {
      if (!chance.happens(0.5 * intensity)) return undefined;
      hit(id);
      const skewSeconds = skewOf(chance);
      // Most of those that are set are set right; some that were right are not afterwards.
      const bySeconds = chance.happens(0.7) ? -skewSeconds : skewOf(chance);
      const clockJump = { afterSeconds: chance.exponential(600), bySeconds };
      return chance.happens(0.5) ? { skewSeconds } : { skewSeconds, clockJump };
    },
  }),
};

const skewOf = (chance: Chance): number =>
  (chance.happens(0.5) ? 1 : -1) * Math.min(skewLimitSeconds, chance.lognormal(skewMedianSeconds, skewSpread));
