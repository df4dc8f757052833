import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

const longestSeconds = 6 * 3600;

export const controlPlaneAway: Fault = {
  name: 'control-plane-away',
  sentence: 'No function is run at all, for up to six hours: hosts are on their own.',
  outlastsJobsBySeconds: longestSeconds,
  begin: (site) => {
    const outages = incidents(site, { quietSeconds: 1800, lastsSeconds: [600, longestSeconds] }, () => undefined);
    return { ofControlPlane: () => (outages.felt() === undefined ? undefined : 'away') };
  },
};
