import { idleCountAt, poolSizeAt } from '../../core/capacity.ts';
import type { FleetConfig } from '../../core/config.ts';
import type { Instant } from '../../core/instant.ts';

/** How many idle runners the configuration asks for now, by pool or idle window. */
export const readyWanted = (fleet: FleetConfig, now: Instant): number =>
  Math.max(idleCountAt(fleet, now), poolSizeAt(fleet, now));
