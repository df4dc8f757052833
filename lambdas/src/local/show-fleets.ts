import type { LaneFacts } from '../core/balance.ts';
import type { FleetConfig } from '../core/config.ts';
import { laneKey } from '../core/lane.ts';
import { fleetOf } from '../functions/fleet-of.ts';
import { balanceNow } from '../functions/lane-facts.ts';
import type { World } from '../functions/world.ts';
import type { Decisions } from './decisions.ts';
import type { ShownFleet } from './shown-state.ts';

/** Configured fleets, and removed ones that still have something in the ledger. */
export function fleetsOf(world: World, lanes: readonly LaneFacts[]): readonly FleetConfig[] {
  const names = new Set([
    ...world.config.fleets.map(({ name }) => name),
    ...lanes.filter(({ view }) => view.runners.length > 0).map(({ view }) => view.lane.fleet),
  ]);
  return [...names].map((name) => fleetOf(world.config)(name).fleet);
}

export async function showFleet(
  world: World,
  fleet: FleetConfig,
  allLanes: readonly LaneFacts[],
  decisions: Decisions,
): Promise<ShownFleet> {
  const now = world.clock.now();
  const lanes = allLanes.filter(({ view }) => view.lane.fleet === fleet.name);
  const balances = lanes.map((facts) => balanceNow(world, fleet, facts, now));
  const sum = (number: (balance: (typeof balances)[number]) => number): number =>
    balances.reduce((total, balance) => total + number(balance), 0);
  const { fleetUsed } = await world.ledger.usage(fleet.name, []);
  return {
    name: fleet.name,
    labels: fleet.labels,
    limit: fleet.runnersMaximumCount,
    used: fleetUsed,
    demand: sum(({ demand }) => demand),
    supply: sum(({ supply }) => supply),
    waiting: sum(({ waiting, stuck }) => waiting.length + stuck.length),
    lanes: lanes.flatMap(({ view }) => {
      const lane = laneKey(view.lane);
      const plan = decisions.get(lane);
      return plan === undefined ? [] : [{ lane, kind: plan.kind, reason: plan.reason }];
    }),
  };
}
