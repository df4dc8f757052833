import type { RunnerPlan } from '../../core/runner-plan.ts';
import type { LanePlan } from '../../core/scale-down-plan.ts';
import { fleetOf } from '../fleet-of.ts';
import type { World } from '../world.ts';

/** Feeds the fleet's breaker: launches that never registered, and the success that resets it. */
export async function noteBoots(world: World, { lane, runners }: LanePlan): Promise<void> {
  const failures = runners.filter(hasFailedToBoot);
  const { breaker } = await world.ledger.usage(lane.fleet, []);
  if (failures.length === 0 && breaker === undefined) return;

  const { fleet } = fleetOf(world.config)(lane.fleet);
  const isProven = runners.some(
    ({ standing }) => isRegistered(standing) && standing.row.launchedAt > (breaker?.failedAt ?? 0),
  );
  if (isProven) {
    if (breaker !== undefined) await world.ledger.noteBoot(lane.fleet, { kind: 'registered' });
    return;
  }
  if (failures.length === 0) return;
  const before = breaker?.hash === fleet.hash ? breaker.failures : 0;
  const reason = failures[0]?.reason ?? 'boot-failed';
  const probedAt = breaker?.probedAt === undefined ? {} : { probedAt: breaker.probedAt };
  const failed = { failures: before + failures.length, hash: fleet.hash, reason, failedAt: world.clock.now() };
  await world.ledger.noteBoot(lane.fleet, { kind: 'failed', ...failed, ...probedAt });
  world.log.error('Machines of this fleet do not become runners.', {
    fleet: lane.fleet,
    reason,
    failures: failed.failures,
  });
}

const isRegistered = ({ host }: RunnerPlan['standing']): boolean =>
  host?.lease !== undefined && host.lease.sees !== 'booting';

/**
 * It is closed now, was given its grant, and never became a runner. A Spot interruption says nothing about the image,
 * and a grant that was never given is our own fault.
 */
function hasFailedToBoot({ kind, reason, standing }: RunnerPlan): boolean {
  const wasGiven = standing.host !== undefined && standing.host.grantState !== 'none';
  return (
    kind === 'close' && wasGiven && !isRegistered(standing) && !/spot/i.test(reason) && standing.row.phase === 'up'
  );
}
