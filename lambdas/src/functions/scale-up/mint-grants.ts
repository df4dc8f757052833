import type { LaneFacts } from '../../core/balance.ts';
import type { FleetConfig } from '../../core/config.ts';
import { messageOf, NameTakenError } from '../../core/errors.ts';
import { after, ageSeconds, type Instant } from '../../core/instant.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import { runnerName } from '../../core/runner-name.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import { inParallel } from '../in-parallel.ts';
import { hasTime, type World } from '../world.ts';
import { continueLater } from './continue-later.ts';
import { type ForgePause, forgePause } from './forge-pause.ts';
import { openRows } from './open-hosts.ts';

/**
 * Of GitHub's 100 requests in flight, which all of an App's functions share. So many are refused at most each time that the
 * minute's budget is used up; what a minute allows is minted while a machine boots all the same.
 */
const mintsAtOnce = 4;
const tryLimit = 4;

/**
 * First thing in a pass: machines that came up with no grant, because whoever launched them died or was refused. Not
 * those that somebody may still be minting for: two who share that work take turns of the forge from each other.
 */
export async function mintMissingGrants(world: World, { view, hosts }: LaneFacts): Promise<void> {
  const fleet = world.config.fleets.find(({ name }) => name === view.lane.fleet);
  if (fleet === undefined) return;
  const now = world.clock.now();
  const without = view.runners.filter(({ instanceId, phase, launchedAt }) => {
    const state = hosts.get(instanceId)?.grantState ?? 'none';
    const age = ageSeconds(launchedAt, now);
    const isLeftAlone = age >= world.timing.scaleUpLimitSeconds && age < fleet.runnerBootTimeMinutes * 60;
    return phase === 'up' && state === 'none' && isLeftAlone;
  });
  const app = world.forge.apps[0];
  if (without.length === 0 || app === undefined) return;
  const instanceIds = without.map(({ instanceId }) => instanceId);
  const reason = 'grants-missing';
  world.log.info('grants', { lane: laneKey(view.lane), kind: 'mint', reason, count: instanceIds.length });
  await openRows(world, view.lane, instanceIds);
  await mintGrants(world, fleet, view.lane, { app, grantsFrom: now, instanceIds });
}

/** The machines of one launch that wait for grants, whose budget these come from, and from when on. */
export interface Grantees {
  readonly app: string;
  readonly grantsFrom: Instant;
  readonly instanceIds: readonly string[];
}

/** One grant an instance, in parallel, into the row that it has. */
export async function mintGrants(
  world: World,
  fleet: FleetConfig,
  lane: Lane,
  { app, grantsFrom, instanceIds }: Grantees,
): Promise<void> {
  if (instanceIds.length === 0) return;
  // In turn: passes that mint side by side would run into the forge's limits together. A machine must not wait so long
  // that it seems not to boot.
  const patienceSeconds = (fleet.runnerBootTimeMinutes * 60) / 4;
  await world.clock.sleep(Math.min(ageSeconds(world.clock.now(), grantsFrom), patienceSeconds));
  const pause = forgePause(world);
  const results = await inParallel(instanceIds, mintsAtOnce, (id) => mintGrant(world, fleet, { lane, app, pause }, id));
  const failures = results.filter((result) => result.status === 'rejected');
  if (failures.length === 0) return;
  world.log.warn('Grants could not be minted; the next pass mints them.', {
    lane: laneKey(lane),
    count: failures.length,
    reason: messageOf(failures[0]?.reason),
  });
  await continueLater(world, lane, { reason: 'grants-missing', seconds: world.timing.scaleUpLimitSeconds + 1 });
}

interface Minting {
  readonly lane: Lane;
  readonly app: string;
  readonly pause: ForgePause;
}

/** Reserved for longer than this function can live: whoever mints next does it after we are surely done. */
async function mintGrant(world: World, fleet: FleetConfig, minting: Minting, instanceId: string): Promise<void> {
  const { clock, hosts, timing } = world;
  const { lane, pause } = minting;
  await pause.over();
  if (!hasTime(world)) throw new Error('No time is left to mint in this invocation.');
  const now = clock.now();
  const isOurs = await hosts.reserve(lane, instanceId, now, after(now, timing.scaleUpLimitSeconds));
  if (!isOurs) return;
  const grant = await createRunner(world, fleet, minting, instanceId);
  const given = await hosts.give(lane, instanceId, grant);
  if (given === 'refused') {
    // Its row is closed or void: nobody can take the grant. The sweep finds the registration without an instance.
    world.log.warn('A grant came too late.', { lane: laneKey(lane), runner: instanceId, reason: 'host-row-closed' });
  }
}

async function createRunner(
  world: World,
  fleet: FleetConfig,
  { lane, app, pause }: Minting,
  instanceId: string,
): Promise<RunnerGrant> {
  const { clock, config, forge } = world;
  let suffix: string | undefined;
  for (let tries = 1; ; ) {
    await pause.over();
    try {
      return await forge.createRunner({
        name: runnerName(config.prefix, instanceId, suffix),
        scope: lane.scope,
        labels: fleet.labels,
        runnerGroup: fleet.runnerGroup,
        ephemeral: fleet.ephemeral,
        app,
      });
    } catch (error) {
      // A forge that names its time is asked again then; what it says is no failure of this grant.
      if (pause.isNamedBy(error)) continue;
      if (tries++ >= tryLimit || !hasTime(world)) throw error;
      // Taken, perhaps by our own call whose answer was lost. What holds the name is never deleted.
      if (error instanceof NameTakenError) suffix = clock.id().slice(0, 4);
      else await clock.sleep((0.5 + clock.fraction()) * 2 ** (tries - 1));
    }
  }
}
