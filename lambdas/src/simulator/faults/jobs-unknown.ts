import { after, type Instant } from '../../core/instant.ts';
import type { JobLie } from '../world/troubles.ts';
import type { Fault } from './fault.ts';

/** What replicas behind by less than a minute answer: two looks a minute apart never both see the same old word. */
const staleSeconds = 55;
const gapSeconds = [1, 50] as const;
const restSeconds = 600;

export const jobsUnknown: Fault = {
  name: 'jobs-unknown',
  sentence: 'Asked for one job, the forge tells what was true a minute ago, or that it knows of none.',
  begin: ({ time, chance, intensity, hit }) => {
    const gaps = new Map<string, Instant>();
    return {
      ofJobRead: ({ key, changedSeconds }): JobLie | undefined => {
        const gapEnd = gaps.get(key);
        if (gapEnd !== undefined && time.now() < gapEnd) return 'unknown';
        if (changedSeconds < staleSeconds && chance.happens(0.5 * intensity)) {
          hit(key);
          return 'before';
        }
        const isRested = gapEnd === undefined || time.now() >= after(gapEnd, restSeconds);
        if (!isRested || !chance.happens(0.15 * intensity)) return undefined;
        gaps.set(key, after(time.now(), chance.between(...gapSeconds)));
        hit(key);
        return 'unknown';
      },
    };
  },
};
