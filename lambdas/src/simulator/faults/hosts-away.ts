import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

/**
 * A way out that all machines share: their agents reach their table no more, and perhaps the forge does not see them
 * either. Jobs go on, as the forge waits for its runners; a job that it gives up is its own matter, and not part of this.
 */
export const hostsAway: Fault = {
  name: 'hosts-away',
  sentence: 'No machine reaches its row for minutes, and at times the forge calls all runners offline as well.',
  begin: (site) => {
    const { chance } = site;
    const outages = incidents(site, { quietSeconds: 900, lastsSeconds: [120, 2400] }, () => ({
      forgeToo: chance.happens(0.5),
    }));
    return {
      ofCall: ({ caller }) => {
        if (caller.role !== 'host' || outages.felt() === undefined) return undefined;
        return { error: new Error('connect ETIMEDOUT'), when: 'before', seconds: chance.between(1, 20) };
      },
      ofListing: () => (outages.now()?.what.forgeToo ? { online: false } : undefined),
    };
  },
};
