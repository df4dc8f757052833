import { after, ageSeconds, type Instant } from '../../core/instant.ts';
import type { Fault } from './fault.ts';

/** EC2's lists are eventually consistent; what its guide has its callers wait for is minutes, and ten are allowed for. */
const latestSeconds = 480;
/**
 * An answer of a server that is behind leaves out what the one before it knew: not for as long as five minutes, and not
 * twice, so that two complete lists five minutes apart never both lose a machine that is there.
 */
const gapSeconds = [5, 240] as const;

interface Seen {
  readonly from: Instant;
  gap: { readonly until: Instant } | undefined;
}

export const listsLag: Fault = {
  name: 'lists-lag',
  sentence: "EC2's lists show machines minutes late, and lose one for a while.",
  begin: ({ time, chance, intensity, hit }) => {
    const machines = new Map<string, Seen>();
    return {
      ofMachineListing: ({ id, launchedAt, state }) => {
        const now = time.now();
        const seen = machines.get(id) ?? seenFrom(launchedAt);
        machines.set(id, seen);
        if (now < seen.from) return 'absent';
        if (seen.gap === undefined && state !== 'terminated' && chance.happens(0.02 * intensity)) {
          seen.gap = { until: after(now, chance.between(...gapSeconds)) };
          hit(id);
        }
        return seen.gap !== undefined && now < seen.gap.until ? 'absent' : undefined;
      },
    };

    function seenFrom(launchedAt: Instant): Seen {
      const from = chance.happens(0.5 * intensity) ? after(launchedAt, chance.between(0, latestSeconds)) : launchedAt;
      if (ageSeconds(time.now(), from) > 0) hit();
      return { from, gap: undefined };
    }
  },
};
