import type { FleetConfig } from '../../core/config.ts';
import { laneKey } from '../../core/lane.ts';
import { byHand } from '../world/by-hand.ts';
import type { Fault } from './fault.ts';
import { nowAndThen } from './now-and-then.ts';

/** EC2's console offers "launch more like this", tags included. What else the machine needs does not come with it. */
export const machinesByHand: Fault = {
  name: 'machines-by-hand',
  sentence: 'Somebody starts a machine with the tags of ours: nobody decided on it, and its agent may never start.',
  begin: (site) => {
    const { chance, hit } = site;
    const started = new Set<string>();
    nowAndThen(site, 1200, () => {
      const { cloud, office } = site.world();
      const [repo] = office.repositories;
      const fleets = site.config().fleets.filter(({ scope }) => scope === 'org');
      // One at a time: many that never say a word look like a fault of ours, and stay for days.
      if (fleets.length === 0 || repo === undefined || [...started].some((id) => cloud.alive.has(id))) return;
      const id = cloud.start(...likeThoseOf(chance.pick(fleets), `org:${repo.split('/')[0]}`));
      started.add(id);
      hit(id);
    });
    return {
      ofBoot: ({ id }) => (started.has(id) && chance.happens(0.7) ? { fails: true } : undefined),
    };
  },
};

function likeThoseOf({ name, market, instanceTypes, zones }: FleetConfig, scope: `org:${string}`) {
  const place = { type: instanceTypes[0] ?? '', zone: zones[0] ?? '' };
  const lane = laneKey({ fleet: name, scope });
  return [
    { token: byHand, launchId: byHand, lane, fleet: name, count: 1, market, placements: [place] },
    place,
  ] as const;
}
