import type { Fault } from './fault.ts';

export const queueDoubles: Fault = {
  name: 'queue-doubles',
  sentence: 'The queue delivers messages twice, at the same time too.',
  begin: ({ chance, intensity, hit }) => ({
    ofQueue: () => {
      if (!chance.happens(0.4 * intensity)) return undefined;
      hit();
      return 'duplicate';
    },
  }),
};
