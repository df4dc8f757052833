import type { Fault } from './fault.ts';

export const callsFail: Fault = {
  name: 'calls-fail',
  sentence: 'Calls of the control plane fail, before they have their effect or after.',
  begin: ({ chance, intensity, hit }) => ({
    ofCall: ({ service, action, caller }) => {
      if (caller.role === 'host' || !chance.happens(0.03 * intensity)) return undefined;
      hit();
      const error = new Error(`${service} ${action}: InternalServerError`);
      return { error, when: chance.happens(0.5) ? 'before' : 'after', seconds: chance.between(0, 5) };
    },
  }),
};
