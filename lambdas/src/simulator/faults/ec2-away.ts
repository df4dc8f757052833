import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

export const ec2Away: Fault = {
  name: 'ec2-away',
  sentence: "EC2's API answers nothing for minutes; some of what it was asked for is done all the same.",
  begin: (site) => {
    const { chance } = site;
    const outages = incidents(site, { quietSeconds: 900, lastsSeconds: [60, 1200] }, () => undefined);
    return {
      ofCall: ({ service }) => {
        if (service !== 'ec2' || outages.felt() === undefined) return undefined;
        const when = chance.happens(0.15) ? 'after' : 'before';
        return { error: new Error('InternalError'), when, seconds: chance.between(0, 10) };
      },
    };
  },
};
