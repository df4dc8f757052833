import type { Fault } from './fault.ts';

export const nameTaken: Fault = {
  name: 'name-taken',
  sentence: 'A runner is made and the answer lost, so that the next try finds its name taken.',
  begin: ({ chance, intensity, hit }) => ({
    ofCall: ({ service, action }) => {
      if (service !== 'github' || action !== 'create-runner' || !chance.happens(0.4 * intensity)) return undefined;
      hit();
      return { error: new Error('socket hang up'), when: 'after', seconds: chance.between(0, 10) };
    },
  }),
};
