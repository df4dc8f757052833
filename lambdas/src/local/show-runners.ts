import type { LaneFacts } from '../core/balance.ts';
import type { Instant } from '../core/instant.ts';
import { laneKey } from '../core/lane.ts';
import { runnerName } from '../core/runner-name.ts';
import { fleetOf } from '../functions/fleet-of.ts';
import { balanceNow } from '../functions/lane-facts.ts';
import type { World } from '../functions/world.ts';
import type { ShownRunner } from './shown-state.ts';

/** Runners with their derived state; machines of a removed fleet too, as they drain. */
export function showRunners(world: World, facts: LaneFacts, now: Instant): readonly ShownRunner[] {
  const { fleet } = fleetOf(world.config)(facts.view.lane.fleet);
  return balanceNow(world, fleet, facts, now).standings.map(({ row, host, job, state, reason }) => ({
    id: row.instanceId,
    name: host?.registration?.name ?? runnerName(world.config.prefix, row.instanceId),
    lane: laneKey(facts.view.lane),
    state,
    reason,
    launchedAt: row.launchedAt,
    ...(job === undefined ? {} : { job: job.key }),
  }));
}
