import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

const kinds = ['pools', 'spot', 'everything', 'few'] as const;

/** InsufficientInstanceCapacity: what others give back is there a minute later, or an hour. */
export const noCapacity: Fault = {
  name: 'no-capacity',
  sentence: 'A few pools, all of Spot, or all there is has no machines to give, for minutes to an hour.',
  begin: (site) => {
    const { chance } = site;
    const shortages = incidents(site, { quietSeconds: 600, lastsSeconds: [120, 3600] }, () => ({
      kind: chance.pick(kinds),
      number: chance.whole(1, 1_000_000),
    }));
    return {
      ofCapacity: ({ type, zone }, market) => {
        const shortage = shortages.now();
        if (shortage === undefined) return undefined;
        const { kind, number } = shortage.what;
        const pool = chance.stream(`${number} ${market}/${type}/${zone}`);
        if (kind === 'spot' && market !== 'spot') return undefined;
        if (kind === 'pools' && pool.happens(0.4)) return undefined;
        shortages.felt();
        return kind === 'few' ? pool.whole(0, 3) : 0;
      },
    };
  },
};
