import type { FleetConfig } from '../../core/config.ts';
import { after } from '../../core/instant.ts';
import type { Fault } from './fault.ts';
import { nowAndThen } from './now-and-then.ts';

const awaySeconds = [300, 2400] as const;

export const fleetsRemoved: Fault = {
  name: 'fleets-removed',
  sentence: 'A fleet leaves the configuration, and comes back later.',
  begin: (site) => {
    const { time, chance, endAt, hit } = site;
    const whole = site.config().fleets;
    /** In the order of the file, as they are now. */
    const withBack = (removed: FleetConfig, now: readonly FleetConfig[]): readonly FleetConfig[] =>
      whole.flatMap(
        (fleet) => now.find(({ name }) => name === fleet.name) ?? (fleet.name === removed.name ? fleet : []),
      );
    nowAndThen(site, 1200, () => {
      const { fleets } = site.config();
      if (fleets.length < 2) return;
      const removed = chance.pick(fleets);
      hit(removed.name);
      site.configure({ ...site.config(), fleets: fleets.filter(({ name }) => name !== removed.name) });
      time.at(Math.min(endAt, after(time.now(), chance.between(...awaySeconds))), () => {
        site.configure({ ...site.config(), fleets: withBack(removed, site.config().fleets) });
      });
    });
    return {};
  },
};
