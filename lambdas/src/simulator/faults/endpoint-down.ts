import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

export const endpointDown: Fault = {
  name: 'endpoint-down',
  sentence: 'Our address answers 503, or nothing, for minutes: the forge calls those deliveries failed.',
  begin: (site) => {
    const { chance } = site;
    const pace = { quietSeconds: 600, lastsSeconds: [60, 900] } as const;
    const outages = incidents(site, pace, () => (chance.happens(0.5) ? 'refuses' : 'hangs'));
    return { ofEndpoint: () => outages.felt()?.what };
  },
};
