import type { FleetConfig } from '../../core/config.ts';
import { messageOf } from '../../core/errors.ts';
import type { Instance, LaunchError, LaunchRequest, LaunchResult } from '../../core/instance.ts';
import { after, type Instant } from '../../core/instant.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import type { Intent, IntentPlan } from '../../core/lane-view.ts';
import { grantRate, hourlyRate, type ScaleUpPlan } from '../../core/scale-up-plan.ts';
import { isDraining, type World } from '../world.ts';
import { callStep } from './call-step.ts';
import type { Grantees } from './mint-grants.ts';
import { openHosts } from './open-hosts.ts';

export type LaunchOutcome = { readonly grantees: Grantees } & (
  | { readonly kind: 'lost' }
  | { readonly kind: 'full' }
  /** Fewer came than asked for; the places that were full rest now. */
  | { readonly kind: 'short' }
  /** Nothing that another try now would mend: quota, configuration, permission, no capacity anywhere. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** A call's outcome is not known: the intent stays open, and is settled by replay or by list. */
  | { readonly kind: 'unsettled'; readonly ownedUntil: Instant }
);

export interface Decision {
  readonly lane: Lane;
  readonly seq: number;
  readonly plan: Extract<ScaleUpPlan, { kind: 'launch' }>;
}

/** CreateFleet's own limit for one call, and ours (design budget: 1,000 jobs in 20 calls). */
const machinesPerCall = 100;

/** Writes the intent, makes its calls, records what came, and closes it. Grants for what came are the caller's to mint. */
export async function launchIntent(world: World, fleet: FleetConfig, decision: Decision): Promise<LaunchOutcome> {
  const { plan, lane } = decision;
  const nobody: Grantees = { app: plan.app, grantsFrom: 0, instanceIds: [] };
  const intent = await intend(world, fleet, decision);
  if (intent === 'lost') return { kind: 'lost', grantees: nobody };
  const { launchId, count: intended } = intent;
  // Asked after the intent is written: either this sees that the fleet drains, or whoever drains it sees the intent.
  if (await isDraining(world, fleet.name)) {
    await world.ledger.close(intent, 0, world.clock.now());
    return { kind: 'lost', grantees: nobody };
  }
  // Each machine carries this id as a tag: with this line it says for whom it was launched.
  world.log.info('intent', { lane: laneKey(lane), launchId, kind: 'written', reason: plan.reason, count: intended });
  if (plan.reason === 'breaker-probe') await world.ledger.noteProbe(fleet.name, world.clock.now());

  const launched = await takeSteps(world, fleet, intent, plan);
  if (launched === 'lost') return { kind: 'lost', grantees: nobody };
  const { instances, errors, isCertain } = launched;
  await openHosts(world, lane, instances);
  await world.ledger.recordLaunched(intent, instances, world.clock.now());
  if (isCertain) await world.ledger.close(intent, instances.length, world.clock.now());
  // Of machines that came, or may have: a provider without capacity says nothing about a job.
  const count = isCertain ? instances.length : plan.count;
  await world.ledger.countLaunches(lane, plan.jobs.slice(0, count), plan.worked, world.clock.now());
  await restFullPlaces(world, fleet, errors);

  const { app, grantsFrom } = intent;
  const grantees: Grantees = { app, grantsFrom, instanceIds: instances.map(({ id }) => id) };
  if (!isCertain) return { kind: 'unsettled', ownedUntil: intent.ownedUntil, grantees };
  if (instances.length >= plan.count) return { kind: 'full', grantees };
  // A lack of capacity that names no place lets none rest: to ask again at once would be asking the same.
  const stopper = errors.find(({ kind, placement }) => kind !== 'capacity' || placement === undefined);
  if (stopper !== undefined || errors.length === 0) {
    const reason = `launch-refused-${stopper?.kind ?? 'unknown'}`;
    world.log.error('The provider refused a launch.', { lane: laneKey(lane), reason, message: stopper?.message });
    return { kind: 'refused', reason, grantees };
  }
  return { kind: 'short', grantees };
}

async function intend(world: World, fleet: FleetConfig, { lane, seq, plan }: Decision): Promise<Intent | 'lost'> {
  const { clock, timing, config, ledger } = world;
  const now = clock.now();
  const intentPlan: IntentPlan = {
    launchId: clock.id(),
    lane,
    count: plan.count,
    app: plan.app,
    now,
    ownedUntil: after(now, timing.scaleUpLimitSeconds + timing.ownershipSlackSeconds),
    notAfter: after(now, timing.launchWindowSeconds),
    seq,
    fleetLimit: fleet.runnersMaximumCount,
    deploymentLimit: config.runnersMaximumCount,
    budget: grantRate(timing),
    hourly: hourlyRate(fleet),
  };
  try {
    return await ledger.intend(intentPlan);
  } catch (error) {
    world.log.warn('The answer to an intent was lost; asking whether it was written.', { reason: messageOf(error) });
    // The same launch id: one that was written is found, and answered as won.
    return ledger.intend(intentPlan);
  }
}

interface Launched {
  readonly instances: readonly Instance[];
  readonly errors: readonly LaunchError[];
  /** False: some call may have launched machines that are not among these. */
  readonly isCertain: boolean;
}

async function takeSteps(
  world: World,
  fleet: FleetConfig,
  intent: Intent,
  plan: Decision['plan'],
): Promise<Launched | 'lost'> {
  const first = await callAll(world, intent, requestsOf(world, intent, { ...plan, market: fleet.market }));
  if (first === 'lost') return 'lost';
  const missing = plan.count - first.launched.instances.length;
  const isCapacity = first.launched.errors.some(({ kind }) => kind === 'capacity');
  const mayFailOver = fleet.onDemandFailover && fleet.market === 'spot' && isCapacity && first.launched.isCertain;
  if (missing <= 0 || !mayFailOver) return first.launched;

  const { launchId, lane } = intent;
  const reason = 'no-spot-capacity';
  world.log.info('step', { lane: laneKey(lane), launchId, kind: 'on-demand', reason, count: missing });
  const requests = requestsOf(world, intent, { ...plan, count: missing, market: 'on-demand' });
  const second = await callAll(world, first.intent, requests);
  if (second === 'lost') return { ...first.launched, isCertain: false };
  return {
    instances: [...first.launched.instances, ...second.launched.instances],
    errors: [...first.launched.errors, ...second.launched.errors],
    isCertain: second.launched.isCertain,
  };
}

/** Each request is stored before its call, so that whoever comes after a crash sends the very same one. */
async function callAll(
  world: World,
  intent: Intent,
  requests: readonly LaunchRequest[],
): Promise<{ readonly intent: Intent; readonly launched: Launched } | 'lost'> {
  const stored = await world.ledger.addSteps(intent, requests);
  if (stored === 'lost') return 'lost';
  const answers = await Promise.all(requests.map((request) => callStep(world, stored, request)));
  const certain = answers.filter((answer): answer is LaunchResult => answer !== 'unknown');
  return {
    intent: stored,
    launched: {
      instances: certain.flatMap(({ instances }) => instances),
      errors: certain.flatMap(({ errors }) => errors),
      isCertain: certain.length === answers.length,
    },
  };
}

function requestsOf(
  world: World,
  intent: Intent,
  step: Pick<LaunchRequest, 'count' | 'market' | 'placements'>,
): readonly LaunchRequest[] {
  const calls = Math.ceil(step.count / machinesPerCall);
  return Array.from({ length: calls }, (_, call) => ({
    token: world.clock.id(),
    launchId: intent.launchId,
    lane: laneKey(intent.lane),
    fleet: intent.lane.fleet,
    count: Math.min(machinesPerCall, step.count - call * machinesPerCall),
    market: step.market,
    placements: step.placements,
  }));
}

/** A place without capacity rests for a while, so that the next call goes elsewhere. */
async function restFullPlaces(world: World, fleet: FleetConfig, errors: readonly LaunchError[]): Promise<void> {
  const full = errors.filter(({ kind }) => kind === 'capacity').flatMap(({ placement }) => placement ?? []);
  const places = new Map(full.map((placement) => [`${placement.type}/${placement.zone}`, placement]));
  const until = after(world.clock.now(), world.timing.capacityRestSeconds);
  await Promise.all([...places.values()].map((placement) => world.ledger.rest(fleet.name, placement, until)));
}
