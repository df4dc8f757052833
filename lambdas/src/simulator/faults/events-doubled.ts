import type { Fault } from './fault.ts';

export const eventsDoubled: Fault = {
  name: 'events-doubled',
  sentence: 'Events come twice or three times, within seconds.',
  begin: ({ chance, intensity, hit }) => ({
    ofDelivery: ({ key }) => {
      if (!chance.happens(0.5 * intensity)) return undefined;
      hit(key);
      const count = chance.whole(1, 2);
      return { againAfterSeconds: Array.from({ length: count }, () => chance.between(0, 20)) };
    },
  }),
};
