import type { Fault } from './fault.ts';

export const endsPending: Fault = {
  name: 'ends-pending',
  sentence: 'Machines are pending and then terminated, and never ran.',
  begin: ({ chance, intensity, hit }) => ({
    ofBoot: ({ id }) => {
      if (!chance.happens(0.25 * intensity)) return undefined;
      hit(id);
      return { endsPending: true };
    },
  }),
};
