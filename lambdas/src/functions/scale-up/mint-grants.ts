import type { LaneFacts } from '../../core/balance.ts';
import type { FleetConfig } from '../../core/config.ts';
import { messageOf, NameTakenError } from '../../core/errors.ts';
import { after, ageSeconds } from '../../core/instant.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import { runnerName } from '../../core/runner-name.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import { hostPolicyOf } from '../host-policy.ts';
import { inParallel } from '../in-parallel.ts';
import { hasTime, type World } from '../world.ts';
import { continueLater } from './continue-later.ts';

/** Under GitHub's 100 requests in flight, which all of an App's functions share. */
const mintsAtOnce = 20;
const tryLimit = 4;

/** First thing in a pass: machines that came up with no grant, because whoever launched them died or was refused. */
export async function mintMissingGrants(world: World, { view, hosts }: LaneFacts): Promise<void> {
  const fleet = world.config.fleets.find(({ name }) => name === view.lane.fleet);
  if (fleet === undefined) return;
  const now = world.clock.now();
  const without = view.runners.filter(({ instanceId, phase, launchedAt }) => {
    const state = hosts.get(instanceId)?.grantState ?? 'none';
    return phase === 'up' && state === 'none' && ageSeconds(launchedAt, now) < fleet.runnerBootTimeMinutes * 60;
  });
  const app = world.forge.apps[0];
  if (without.length === 0 || app === undefined) return;
  await mintGrants(
    world,
    fleet,
    view.lane,
    app,
    without.map(({ instanceId }) => instanceId),
  );
}

/** One grant an instance, in parallel. Its row is made first, so that the machine finds one however early it looks. */
export async function mintGrants(
  world: World,
  fleet: FleetConfig,
  lane: Lane,
  app: string,
  instanceIds: readonly string[],
): Promise<void> {
  if (instanceIds.length === 0) return;
  const policy = hostPolicyOf(fleet, world.timing);
  await world.hosts.open(instanceIds.map((instanceId) => ({ instanceId, lane: laneKey(lane), policy })));
  const results = await inParallel(instanceIds, mintsAtOnce, (id) => mintGrant(world, fleet, lane, app, id));
  const failures = results.filter((result) => result.status === 'rejected');
  if (failures.length === 0) return;
  world.log.warn('Grants could not be minted; the next pass mints them.', {
    lane: laneKey(lane),
    count: failures.length,
    reason: messageOf(failures[0]?.reason),
  });
  await continueLater(world, lane, { reason: 'grants-missing', seconds: world.timing.scaleUpLimitSeconds + 1 });
}

/** Reserved for longer than this function can live: whoever mints next does it after we are surely done. */
async function mintGrant(world: World, fleet: FleetConfig, lane: Lane, app: string, instanceId: string): Promise<void> {
  const { clock, hosts, timing } = world;
  if (!hasTime(world)) throw new Error('No time is left to mint in this invocation.');
  const now = clock.now();
  const isOurs = await hosts.reserve(instanceId, now, after(now, timing.scaleUpLimitSeconds));
  if (!isOurs) return;
  const grant = await createRunner(world, fleet, lane, app, instanceId);
  const given = await hosts.give(instanceId, grant);
  if (given === 'refused') {
    // Its row is closed or void: nobody can take the grant. The sweep finds the registration without an instance.
    world.log.warn('A grant came too late.', { lane: laneKey(lane), runner: instanceId, reason: 'host-row-closed' });
  }
}

async function createRunner(
  world: World,
  fleet: FleetConfig,
  lane: Lane,
  app: string,
  instanceId: string,
): Promise<RunnerGrant> {
  const { clock, config, forge } = world;
  let suffix: string | undefined;
  for (let attempt = 1; ; attempt++) {
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
      if (attempt >= tryLimit || !hasTime(world)) throw error;
      // Taken, perhaps by our own call whose answer was lost. What holds the name is never deleted.
      if (error instanceof NameTakenError) suffix = clock.id().slice(0, 4);
      else await clock.sleep((0.5 + clock.fraction()) * 2 ** attempt);
    }
  }
}
