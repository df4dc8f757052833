import type { Fault } from './fault.ts';

export const eventsLost: Fault = {
  name: 'events-lost',
  sentence: 'The forge never sends some of its events, and does not know of it.',
  begin: ({ chance, intensity, hit }) => ({
    ofDelivery: ({ key }) => {
      if (!chance.happens(0.3 * intensity)) return undefined;
      hit(key);
      return { lost: true };
    },
  }),
};
