import { after, ageSeconds, type Instant } from '../../core/instant.ts';
import type { Fault } from './fault.ts';

/** EC2's lists are eventually consistent; what its guide has its callers wait for is minutes, and ten are allowed for. */
const latestSeconds = 480;
/** An answer of a server that is behind leaves out what the one before it knew: not for as long as five minutes. */
const gapSeconds = [5, 240] as const;
const restSeconds = 600;

interface Seen {
  readonly from: Instant;
  gap: { readonly from: Instant; readonly until: Instant };
}

export const listsLag: Fault = {
  name: 'lists-lag',
  sentence: "EC2's lists show machines minutes late, and lose one for a while now and then.",
  begin: ({ time, chance, intensity, hit }) => {
    const machines = new Map<string, Seen>();
    return {
      ofMachineListing: ({ id, launchedAt, state }) => {
        const now = time.now();
        const seen = machines.get(id) ?? seenFrom(launchedAt);
        machines.set(id, seen);
        if (now < seen.from) return 'absent';
        if (now >= after(seen.gap.until, restSeconds) && state !== 'terminated' && chance.happens(0.02 * intensity)) {
          seen.gap = { from: now, until: after(now, chance.between(...gapSeconds)) };
          hit(id);
        }
        return now >= seen.gap.from && now < seen.gap.until ? 'absent' : undefined;
      },
    };

    function seenFrom(launchedAt: Instant): Seen {
      const from = chance.happens(0.5 * intensity) ? after(launchedAt, chance.between(0, latestSeconds)) : launchedAt;
      if (ageSeconds(time.now(), from) > 0) hit();
      return { from, gap: { from: 0, until: 0 } };
    }
  },
};
