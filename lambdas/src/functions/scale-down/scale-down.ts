import type { LaneFacts } from '../../core/balance.ts';
import { messageOf } from '../../core/errors.ts';
import { type Lane, laneKey, type Scope } from '../../core/lane.ts';
import type { LaneJob } from '../../core/lane-view.ts';
import type { Registration } from '../../core/registration.ts';
import { type DeploymentFacts, type LanePlan, planScaleDown } from '../../core/scale-down-plan.ts';
import { fleetOf } from '../fleet-of.ts';
import { inParallel } from '../in-parallel.ts';
import { readLaneFacts } from '../lane-facts.ts';
import { jobInLane } from '../lane-job.ts';
import { listMachines } from '../list-machines.ts';
import { hasTime, isDraining, type World } from '../world.ts';
import { carryOut } from './carry-out.ts';

const readsAtOnce = 8;
const lanesAtOnce = 4;

/** On a schedule: see both sides of every runner, decide, retire. */
export async function scaleDown(world: World): Promise<readonly LanePlan[]> {
  const facts = await observe(world);

  const { config, timing, clock } = world;
  const draining = await drainingAmong(world, facts);
  const policy = { fleetOf: fleetOf(config, draining), deploymentLimit: config.runnersMaximumCount, timing };
  const plans = planScaleDown(facts, policy, clock.now());

  const results = await inParallel(plans, lanesAtOnce, async (plan) => {
    // The next pass begins with what is still to be done: what was done is no more part of its plan.
    if (hasTime(world)) await carryOut(world, plan, viewOf(facts, plan.lane));
    else world.log.warn('scale-down', { lane: laneKey(plan.lane), kind: 'not-begun', reason: 'time-ran-out' });
  });
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') continue;
    const lane = laneKey((plans[index] as LanePlan).lane);
    world.log.error('A lane could not be scaled down.', { lane, reason: messageOf(result.reason) });
  }
  return plans;
}

async function drainingAmong(world: World, { lanes }: DeploymentFacts): Promise<ReadonlySet<string>> {
  const fleets = [...new Set(lanes.map(({ view }) => view.lane.fleet))];
  const answers = await Promise.all(fleets.map((fleet) => isDraining(world, fleet)));
  return new Set(fleets.filter((_, index) => answers[index]));
}

const viewOf = (facts: DeploymentFacts, lane: Lane): LaneFacts =>
  facts.lanes.find(({ view }) => laneKey(view.lane) === laneKey(lane)) as LaneFacts;

/**
 * The ledger first, machines next, the forge last: a machine launched in between has no row yet and is not looked at; a
 * runner that registers in between looks registered, not lost.
 */
async function observe(world: World): Promise<DeploymentFacts> {
  const lanes = await readLanes(world);
  const otherJobs = await readOtherJobs(world);
  const instances = await listMachines(world, lanes);
  const registrations = await readRegistrations(world, lanes);
  return { lanes, instances, registrations, otherJobs };
}

/** One lane that can't be read never stops the others. */
async function readLanes(world: World): Promise<readonly LaneFacts[]> {
  const lanes = await world.ledger.lanes();
  const results = await inParallel(lanes, readsAtOnce, (lane) => readLaneFacts(world, lane));
  return results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [result.value];
    const lane = laneKey(lanes[index] as Lane);
    world.log.error('A lane could not be read.', { lane, reason: messageOf(result.reason) });
    return [];
  });
}

async function readOtherJobs(world: World): Promise<readonly LaneJob[]> {
  const rows = await world.ledger.unmatchedJobs();
  return rows.flatMap((row) => jobInLane(row) ?? []);
}

/** One paged list per scope, shared by all its fleets. A list that failed is absent: unknown ends nobody. */
async function readRegistrations(
  world: World,
  lanes: readonly LaneFacts[],
): Promise<ReadonlyMap<Scope, ReadonlyMap<string, Registration>>> {
  const scopes = [...new Set(lanes.filter(({ view }) => view.runners.length > 0).map(({ view }) => view.lane.scope))];
  const found = new Map<Scope, ReadonlyMap<string, Registration>>();
  await inParallel(scopes, readsAtOnce, async (scope) => {
    try {
      const byName = new Map<string, Registration>();
      for await (const registration of world.forge.listRunners(scope)) byName.set(registration.name, registration);
      found.set(scope, byName);
    } catch (error) {
      world.log.warn('The runners of a scope could not be listed.', { scope, reason: messageOf(error) });
    }
  });
  return found;
}
