import type { Fault } from './fault.ts';

export const stateChangesLost: Fault = {
  name: 'state-changes-lost',
  sentence: 'EventBridge tells nobody that a machine ended.',
  begin: ({ chance, intensity, hit }) => ({
    ofStateChange: (instance) => {
      if (!chance.happens(0.7 * intensity)) return undefined;
      hit(instance);
      return 'lost';
    },
  }),
};
