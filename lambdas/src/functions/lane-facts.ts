import { type Balance, balanceOf, type LaneFacts } from '../core/balance.ts';
import type { FleetConfig } from '../core/config.ts';
import type { Instant } from '../core/instant.ts';
import type { Lane } from '../core/lane.ts';
import { poolOf } from '../core/scale-down-plan.ts';
import type { World } from './world.ts';

/** A lane and its hosts. The lane first: a host that closes in between then looks young, not lost. */
export async function readLaneFacts(world: Pick<World, 'ledger' | 'hosts'>, lane: Lane): Promise<LaneFacts> {
  const view = await world.ledger.lane(lane);
  const hosts = await world.hosts.read(
    lane,
    view.runners.map((runner) => runner.instanceId),
  );
  return { view, hosts };
}

/** The one balance that every function uses. */
export function balanceNow(world: World, fleet: FleetConfig, facts: LaneFacts, now: Instant): Balance {
  const policy = { bootLimitSeconds: fleet.runnerBootTimeMinutes * 60, timing: world.timing };
  return balanceOf(facts, poolOf(fleet, facts.view.lane, now), policy, now);
}
