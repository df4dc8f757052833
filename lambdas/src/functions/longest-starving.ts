import type { Starving, Usage } from '../core/lane-view.ts';
import { isSeenLately } from '../core/starving.ts';
import type { World } from './world.ts';

/** Whose turn it is for a free slot: the lane that has starved longest in that fleet, and the one in the deployment. */
export function longestStarving({ timing, clock }: World, fleet: string, usage: Usage): readonly string[] {
  const starving = usage.starving.filter((lane) => isSeenLately(lane, timing, clock.now()));
  const inFleet = starving.filter(({ by, lane }) => by === 'fleet-limit' && lane.startsWith(`${fleet}/`));
  const anywhere = starving.filter(({ by }) => by === 'deployment-limit');
  return [inFleet, anywhere].flatMap((lanes) => oldestOf(lanes)?.lane ?? []);
}

const oldestOf = (starving: readonly Starving[]): Starving | undefined =>
  starving.reduce<Starving | undefined>(
    (oldest, lane) => (oldest === undefined || lane.since < oldest.since ? lane : oldest),
    undefined,
  );
