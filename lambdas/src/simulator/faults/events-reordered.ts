import type { Fault } from './fault.ts';

/** GitHub promises no order. A `queued` that comes after its job's end has been overtaken by minutes. */
const overtakenMeanSeconds = 180;

export const eventsReordered: Fault = {
  name: 'events-reordered',
  sentence: 'Of one job a later event comes before an earlier one.',
  begin: ({ chance, intensity, hit }) => ({
    ofDelivery: ({ key, state }) => {
      if (state === 'done' || !chance.happens(0.6 * intensity)) return undefined;
      hit(key);
      return { delaySeconds: chance.exponential(overtakenMeanSeconds) };
    },
  }),
};
