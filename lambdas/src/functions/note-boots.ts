import type { LaunchFailures } from '../core/breaker.ts';
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
  breaker: LaunchFailures | undefined,
): Promise<void> {
  const runners = closed.map(({ row }) => ({ row, host: hosts.get(row.instanceId) }));
  const isClosed = await closeBreaker(world, lane, runners.filter(isRegistered), breaker);
  await noteFailedBoots(world, lane, closed, hosts, isClosed ? undefined : breaker);
}

/** Those that never became runners, though nothing of ours was missing. */
async function noteFailedBoots(
  world: World,
  lane: Lane,
  closed: readonly RunnerMove[],
  hosts: ReadonlyMap<string, HostRow>,
  breaker: LaunchFailures | undefined,
): Promise<void> {
  const failures = closed.filter((move) => hasFailedToBoot(move, hosts.get(move.row.instanceId)));
  if (failures.length === 0) return;
  const { fleet } = fleetOf(world.config)(lane.fleet);
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

type Booted = Pick<Standing, 'row' | 'host'>;

/** What looks at a lane's runners tells the breaker of its fleet. */
export async function noteProvenBoots(world: World, lane: Lane, runners: readonly Booted[]): Promise<void> {
  const registered = runners.filter(isRegistered);
  if (registered.length === 0) return;
  const { breaker } = await world.ledger.usage(lane.fleet, []);
  await closeBreaker(world, lane, registered, breaker);
}

/** The success that resets the breaker: a runner that was launched after the last failure. */
async function closeBreaker(
  world: World,
  lane: Lane,
  registered: readonly Booted[],
  breaker: LaunchFailures | undefined,
): Promise<boolean> {
  if (breaker === undefined || !registered.some(({ row }) => row.launchedAt > breaker.failedAt)) return false;
  await world.ledger.noteBoot(lane.fleet, { kind: 'registered' });
  world.log.info('breaker', { fleet: lane.fleet, kind: 'closed', reason: 'runner-registered' });
  return true;
}

const isRegistered = ({ host }: Pick<Booted, 'host'>): boolean =>
  host?.lease !== undefined && host.lease.sees !== 'booting';

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
  return hadWhatItNeeds && !isRegistered({ host }) && !/spot/i.test(reason) && row.phase === 'up';
}
