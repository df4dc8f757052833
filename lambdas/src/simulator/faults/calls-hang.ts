import type { Fault } from './fault.ts';

/** An SDK's socket may stay open that long; no function's caller is as patient. */
const hangSeconds = [30, 100] as const;

export const callsHang: Fault = {
  name: 'calls-hang',
  sentence: 'Calls arrive, or are answered, half a minute and more later.',
  begin: ({ chance, intensity, hit }) => ({
    ofCall: ({ service, action }) => {
      if (!chance.happens(0.004 * intensity)) return undefined;
      hit(`${service} ${action}`);
      return { when: chance.happens(0.5) ? 'before' : 'after', seconds: chance.between(...hangSeconds) };
    },
  }),
};
