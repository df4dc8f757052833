import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

export const ledgerAway: Fault = {
  name: 'ledger-away',
  sentence: 'No function reaches the ledger for minutes.',
  begin: (site) => {
    const { chance } = site;
    const outages = incidents(site, { quietSeconds: 900, lastsSeconds: [60, 1200] }, () => undefined);
    return {
      ofCall: ({ service, caller }) => {
        if (service !== 'dynamodb' || caller.role === 'host' || outages.felt() === undefined) return undefined;
        return { error: new Error('ServiceUnavailable'), when: 'before', seconds: chance.between(0, 5) };
      },
    };
  },
};
