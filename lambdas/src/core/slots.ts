import type { Balance } from './balance.ts';
import type { Config, FleetConfig } from './config.ts';
import type { Instant } from './instant.ts';
import { laneKey } from './lane.ts';
import type { LaneView, Starving, Usage } from './lane-view.ts';
import { isSeenLately, starvingSince } from './starving.ts';
import type { Timing } from './timing.ts';

/** How many may be launched, and what allows no more. */
export interface Slots {
  readonly count: number;
  readonly reason: 'fleet-limit' | 'deployment-limit' | 'older-lane-in-fleet' | 'older-lane-in-deployment';
}

export interface SlotFacts {
  readonly view: Pick<LaneView, 'lane'>;
  readonly balance: Balance;
  readonly usage: Usage;
  readonly config: Config;
  readonly fleet: FleetConfig;
  readonly timing: Timing;
}

/** What the limits leave, less what older lanes starve for: at the limit the oldest is served first. */
export function slotsLeft({ usage, fleet, config, view, balance, timing }: SlotFacts, now: Instant): Slots {
  const mine = laneKey(view.lane);
  const since = starvingSince(balance, now);
  const isOlder = (other: Starving) =>
    other.lane !== mine && isSeenLately(other, timing, now) && isBefore(other, since, mine);
  const older = usage.starving.filter(isOlder);
  const fleetmates = older.filter((other) => other.by !== 'other' && other.lane.startsWith(`${fleet.name}/`));
  const everyone = older.filter((other) => other.by === 'deployment-limit');
  const inFleet = free(fleet.runnersMaximumCount, usage.fleetUsed) - deficits(fleetmates);
  const inDeployment = free(config.runnersMaximumCount, usage.deploymentUsed) - deficits(everyone);
  return inFleet <= inDeployment
    ? { count: inFleet, reason: fleetmates.length > 0 ? 'older-lane-in-fleet' : 'fleet-limit' }
    : { count: inDeployment, reason: everyone.length > 0 ? 'older-lane-in-deployment' : 'deployment-limit' };
}

const free = (limit: number, used: number): number => (limit < 0 ? Number.POSITIVE_INFINITY : limit - used);

const deficits = (lanes: readonly Starving[]): number => lanes.reduce((sum, lane) => sum + lane.deficit, 0);

const isBefore = (other: Starving, since: Instant, mine: string): boolean =>
  other.since < since || (other.since === since && other.lane < mine);
