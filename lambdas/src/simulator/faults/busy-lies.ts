import { after, type Instant } from '../../core/instant.ts';
import type { Fault } from './fault.ts';

/** The longest that was seen: 12 min 15 s into a job. */
const longestLieSeconds = 735;
/** Seen most: 25 to 60 s and more after a start. */
const lieMedianSeconds = 60;
const lieSpread = 1.3;

interface Lie {
  readonly busy: boolean;
  readonly until: Instant;
  /** The truth is told at least until then. */
  readonly restsUntil: Instant;
}

export const busyLies: Fault = {
  name: 'busy-lies',
  sentence:
    "The forge's list calls a working runner idle for minutes, in the middle of a job too, or an idle one busy.",
  begin: ({ time, chance, intensity, hit }) => {
    const lies = new Map<string, Lie>();
    return {
      ofListing: ({ name, isBusy }) => {
        const now = time.now();
        const last = lies.get(name);
        if (last !== undefined && now < last.until) return last.busy === isBusy ? undefined : { busy: last.busy };
        if ((last !== undefined && now < last.restsUntil) || !chance.happens(0.3 * intensity)) return undefined;
        const seconds = Math.min(longestLieSeconds, chance.lognormal(lieMedianSeconds, lieSpread));
        const until = after(now, seconds);
        lies.set(name, { busy: !isBusy, until, restsUntil: after(until, seconds) });
        hit(name);
        return { busy: !isBusy };
      },
    };
  },
};
