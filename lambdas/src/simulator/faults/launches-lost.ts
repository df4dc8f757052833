import type { Fault } from './fault.ts';

/** Longer than what a function has left by then. */
const hangSeconds = 110;

export const launchesLost: Fault = {
  name: 'launches-lost',
  sentence: 'A launch works, and its answer is lost, at once or after a wait that outlasts the function.',
  begin: ({ chance, intensity, hit }) => ({
    ofCall: ({ service, action }) => {
      if (service !== 'ec2' || action !== 'launch' || !chance.happens(0.4 * intensity)) return undefined;
      hit();
      return {
        error: new Error('socket hang up'),
        when: 'after',
        seconds: chance.happens(0.3) ? hangSeconds : chance.between(0, 20),
      };
    },
  }),
};
