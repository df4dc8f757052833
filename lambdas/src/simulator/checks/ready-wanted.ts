import { idleCountAt, poolSizeAt } from '../../core/capacity.ts';
import type { FleetConfig } from '../../core/config.ts';
import type { Instant } from '../../core/instant.ts';
import { laneOf } from '../../core/lane.ts';

/** How many idle runners the configuration asks for now, by pool or idle window. */
export const readyWanted = (fleet: FleetConfig, now: Instant): number =>
  Math.max(idleCountAt(fleet, now), poolSizeAt(fleet, now));

/** The same for one lane: each has an idle window of its own, and one of them has the fleet's pool. */
export const readyWantedIn = (fleet: FleetConfig, lane: string, now: Instant): number =>
  Math.max(idleCountAt(fleet, now), fleet.poolScope === laneOf(lane)?.scope ? poolSizeAt(fleet, now) : 0);
