import { TokenMismatchError } from '../../ports/compute.ts';
import { tokenMismatch } from '../world/cloud.ts';
import type { Fault } from './fault.ts';

export const launchesMistaken: Fault = {
  name: 'launches-mistaken',
  sentence: 'A launch works, and the answer says that its token is that of another one.',
  begin: ({ chance, intensity, hit }) => ({
    ofCall: ({ service, action }) => {
      if (service !== 'ec2' || action !== 'launch' || !chance.happens(0.3 * intensity)) return undefined;
      hit();
      return { error: new TokenMismatchError(tokenMismatch), when: 'after' };
    },
  }),
};
