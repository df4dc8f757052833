import { ageSeconds } from '../../core/instant.ts';
import type { Fault } from './fault.ts';

/** GitHub redelivers for three days, GHES for seven; a person may press the button at any time. */
const longestSeconds = 5 * 86_400;

export const eventsRedelivered: Fault = {
  name: 'events-redelivered',
  sentence: 'Events that arrived are sent again, minutes to days later.',
  begin: ({ time, chance, intensity, hit, endAt }) => ({
    ofDelivery: ({ key }) => {
      if (!chance.happens(0.3 * intensity)) return undefined;
      hit(key);
      // Most of them while the run lasts, or nobody would see them.
      const soonest = Math.max(60, ageSeconds(time.now(), endAt));
      const isInTime = chance.happens(0.8);
      return { againAfterSeconds: [isInTime ? chance.between(30, soonest) : chance.between(3600, longestSeconds)] };
    },
  }),
};
