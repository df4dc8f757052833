import type { Config, FleetConfig } from '../../core/config.ts';
import { after } from '../../core/instant.ts';
import type { Fault } from './fault.ts';
import { nowAndThen } from './now-and-then.ts';

const loweredSeconds = [300, 2400] as const;
/** Instead of no limit. */
const fewMachines = 3;

export const limitsLowered: Fault = {
  name: 'limits-lowered',
  sentence: 'The limits of fleets and of the deployment are lowered while machines run, and raised again later.',
  begin: (site) => {
    const { time, chance, endAt, hit } = site;
    const share = (limit: number): number =>
      limit < 0 ? fewMachines : Math.max(1, Math.floor(limit * chance.fraction()));
    const whole = site.config();
    let isLowered = false;
    nowAndThen(site, 900, () => {
      if (isLowered) return;
      isLowered = true;
      hit();
      site.configure(loweredBy(site.config(), share));
      time.at(Math.min(endAt, after(time.now(), chance.between(...loweredSeconds))), () => {
        isLowered = false;
        site.configure(withLimitsOf(site.config(), whole));
      });
    });
    return {};
  },
};

/** The hash is the whole fleet's, as it is when a person changes its file. */
const limited = (fleet: FleetConfig, runnersMaximumCount: number): FleetConfig => ({
  ...fleet,
  runnersMaximumCount,
  hash: `${fleet.hash.split('-')[0]}-${runnersMaximumCount}`,
});

const loweredBy = (config: Config, share: (limit: number) => number): Config => ({
  ...config,
  runnersMaximumCount: config.runnersMaximumCount < 0 ? -1 : share(config.runnersMaximumCount),
  fleets: config.fleets.map((fleet) => limited(fleet, share(fleet.runnersMaximumCount))),
});

/** Fleets may have come and gone meanwhile. */
const withLimitsOf = (config: Config, whole: Config): Config => ({
  ...config,
  runnersMaximumCount: whole.runnersMaximumCount,
  fleets: config.fleets.map((fleet) => whole.fleets.find(({ name }) => name === fleet.name) ?? fleet),
});
