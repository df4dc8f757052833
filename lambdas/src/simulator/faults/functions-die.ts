import type { Fault } from './fault.ts';

/** Most functions are done after a few calls; the long ones die late as well. */
const callsBeforeMean = 6;

export const functionsDie: Fault = {
  name: 'functions-die',
  sentence: 'Functions die half way, before a call has its effect or after.',
  begin: ({ chance, intensity, hit }) => ({
    ofInvocation: (name) => {
      if (!chance.happens(0.15 * intensity)) return undefined;
      return {
        atCall: 1 + Math.floor(chance.exponential(callsBeforeMean)),
        when: chance.happens(0.5) ? 'before' : 'after',
        struck: () => hit(name),
      };
    },
  }),
};
