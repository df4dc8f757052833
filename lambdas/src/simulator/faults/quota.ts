import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

export const quota: Fault = {
  name: 'quota',
  sentence: "The account's quota is used up for a while: launches bring nothing, or the one machine that still fits.",
  begin: (site) => {
    const { chance } = site;
    const shortages = incidents(site, { quietSeconds: 900, lastsSeconds: [120, 1800] }, () => chance.whole(0, 1));
    return {
      ofLaunch: () => {
        const shortage = shortages.felt();
        return shortage && { limit: shortage.what, error: { kind: 'quota', message: 'VcpuLimitExceeded' } };
      },
    };
  },
};
