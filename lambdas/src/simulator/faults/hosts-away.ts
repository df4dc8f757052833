import { ageSeconds, type Instant } from '../../core/instant.ts';
import type { Fault, FaultSite } from './fault.ts';
import { incidents } from './incidents.ts';

/** GitHub gives up the job of a runner that it cannot reach for some minutes; until then the job goes on. */
const patienceSeconds = 240;
/** More than a tenth of all, and more than these, with one to spare: not even two looks end those that are silent then. */
const silentByThemselves = 4;

/**
 * A way out that all machines share: their agents reach their row no more, and perhaps the forge does not see their runners
 * either. Jobs go on. A forge that lost sight of few would have given up their jobs in the end, and calls them online
 * before; where it lost sight of many at once, it is wrong about all of them as long as it lasts.
 */
export const hostsAway: Fault = {
  name: 'hosts-away',
  sentence: 'No machine reaches its row for minutes, and at times the forge calls all runners offline as well.',
  begin: (site) => {
    const { chance, time } = site;
    const outages = incidents(site, { quietSeconds: 900, lastsSeconds: [120, 2400] }, () => ({
      forgeToo: chance.happens(0.5),
    }));
    return {
      ofCall: ({ caller }) => {
        if (caller.role !== 'host' || outages.felt() === undefined) return undefined;
        return { error: new Error('connect ETIMEDOUT'), when: 'before', seconds: chance.between(1, 20) };
      },
      ofListing: () => {
        const outage = outages.now();
        if (!outage?.what.forgeToo) return undefined;
        // Beyond its patience it has given up their jobs, as far as it knows: to it, none of them works.
        if (areManySilent(site, outage.startAt)) return { online: false, busy: false };
        return ageSeconds(outage.startAt, time.now()) < patienceSeconds ? { online: false } : undefined;
      },
    };
  },
};

/** Of those that were there before: the others are not missed yet. */
function areManySilent({ world }: FaultSite, outageAt: Instant): boolean {
  const { office, cloud } = world();
  const silent = [...office.runners.values()].filter(({ online, registeredAt }) => online && registeredAt < outageAt);
  return silent.length > Math.max(silentByThemselves, cloud.alive.size / 10);
}
