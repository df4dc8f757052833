import { ageSeconds } from '../../core/instant.ts';
import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

export const forgeAway: Fault = {
  name: 'forge-away',
  sentence: "The forge's API answers nothing for minutes, and its events wait until it is back.",
  begin: (site) => {
    const { chance, time } = site;
    const outages = incidents(site, { quietSeconds: 900, lastsSeconds: [60, 1800] }, () => undefined);
    return {
      ofCall: ({ service }) => {
        if (service !== 'github' || outages.felt() === undefined) return undefined;
        return { error: new Error('502 Bad Gateway'), when: 'before', seconds: chance.between(0, 10) };
      },
      ofDelivery: () => {
        const outage = outages.now();
        if (outage === undefined) return undefined;
        return { delaySeconds: ageSeconds(time.now(), outage.endAt) + chance.exponential(60) };
      },
    };
  },
};
