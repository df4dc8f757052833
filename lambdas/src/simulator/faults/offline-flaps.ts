import { after, type Instant } from '../../core/instant.ts';
import type { Fault } from './fault.ts';

/** Shorter than the time between two looks: a connection that broke and is made anew. */
const flapSeconds = [1, 55] as const;
const restSeconds = 120;

export const offlineFlaps: Fault = {
  name: 'offline-flaps',
  sentence: "The forge's list calls a runner offline for some seconds.",
  begin: ({ time, chance, intensity, hit }) => {
    const flaps = new Map<string, Instant>();
    return {
      ofListing: ({ name }) => {
        const until = flaps.get(name);
        if (until !== undefined && time.now() < until) return { online: false };
        if (until !== undefined && time.now() < after(until, restSeconds)) return undefined;
        if (!chance.happens(0.1 * intensity)) return undefined;
        flaps.set(name, after(time.now(), chance.between(...flapSeconds)));
        hit(name);
        return { online: false };
      },
    };
  },
};
