import type { Lane } from '../core/lane.ts';
import type { HostRow } from '../core/runner.ts';
import type { Standing } from '../core/runner-state.ts';
import type { RunnerMove } from '../ports/ledger.ts';
import { fleetOf } from './fleet-of.ts';
import type { World } from './world.ts';

/**
 * Feeds the fleet's breaker with machines that are gone now. A short job's runner comes and goes between two looks at its
 * lane: nobody else would learn that it came.
 */
export async function noteClosedBoots(
  world: World,
  lane: Lane,
  closed: readonly RunnerMove[],
  hosts: ReadonlyMap<string, HostRow>,
): Promise<void> {
  await noteProvenBoots(
    world,
    lane,
    closed.map(({ row }) => ({ row, host: hosts.get(row.instanceId) })),
  );
  await noteFailedBoots(world, lane, closed, hosts);
}

/** Those that never became runners, though nothing of ours was missing. */
async function noteFailedBoots(
  world: World,
  lane: Lane,
  closed: readonly RunnerMove[],
  hosts: ReadonlyMap<string, HostRow>,
): Promise<void> {
  const failures = closed.filter((move) => hasFailedToBoot(move, hosts.get(move.row.instanceId)));
  if (failures.length === 0) return;
  const { fleet } = fleetOf(world.config)(lane.fleet);
  const { breaker } = await world.ledger.usage(lane.fleet, []);
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

/** The success that resets the breaker: a runner that was launched after the last failure. */
export async function noteProvenBoots(
  world: World,
  lane: Lane,
  runners: readonly Pick<Standing, 'row' | 'host'>[],
): Promise<void> {
  const registered = runners.filter(({ host }) => isRegistered(host));
  if (registered.length === 0) return;
  const { breaker } = await world.ledger.usage(lane.fleet, []);
  if (breaker === undefined || !registered.some(({ row }) => row.launchedAt > breaker.failedAt)) return;
  await world.ledger.noteBoot(lane.fleet, { kind: 'registered' });
  world.log.info('breaker', { fleet: lane.fleet, kind: 'closed', reason: 'runner-registered' });
}

const isRegistered = (host: HostRow | undefined): boolean => host?.lease !== undefined && host.lease.sees !== 'booting';

/**
 * EC2's words for a machine that ended while it was pending, through what its fleet asks for: a key that it may not use, a
 * snapshot that is gone, a volume over the quota. It never ran, so it counts whether or not its grant was given by then.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html
 */
const neverRan: ReadonlySet<string> = new Set([
  'Client.InternalError',
  'Client.InvalidSnapshot.NotFound',
  'Client.VolumeLimitExceeded',
]);

/**
 * A Spot interruption says nothing about the image, a grant that was never given is our own fault, and one that was asked
 * to leave while it booted was not given the time.
 */
function hasFailedToBoot({ row, reason }: RunnerMove, host: HostRow | undefined): boolean {
  const hadWhatItNeeds = host?.registration !== undefined || neverRan.has(reason);
  return hadWhatItNeeds && !isRegistered(host) && !/spot/i.test(reason) && row.phase === 'up';
}
