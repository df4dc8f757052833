import type { LaneFacts } from '../../core/balance.ts';
import { breakerAt } from '../../core/breaker.ts';
import type { FleetConfig } from '../../core/config.ts';
import { after } from '../../core/instant.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import type { LaneView } from '../../core/lane-view.ts';
import { backOffSeconds, planScaleUp, type ScaleUpPlan } from '../../core/scale-up-plan.ts';
import { balanceNow, readLaneFacts } from '../lane-facts.ts';
import { readJobs } from '../read-jobs.ts';
import { hasTime, isDraining, type World } from '../world.ts';
import { continueLater, recordStarvation } from './continue-later.ts';
import { type LaunchOutcome, launchIntent } from './launch-intent.ts';
import { mintGrants, mintMissingGrants } from './mint-grants.ts';
import { settleIntents } from './settle-intents.ts';

/** How often one pass decides anew, after a lost race or after asking the forge, before the lane's next message does. */
const decisionLimit = 12;

type LaunchPlan = Extract<ScaleUpPlan, { kind: 'launch' }>;

export interface LanePass {
  /** The last plan that was made. */
  readonly plan: ScaleUpPlan | undefined;
  /** Machines that were asked for and surely did not come. */
  readonly launchesFailed: number;
}

/** What a pass learns on its way. */
interface Notes {
  /** Jobs that the forge could not be asked about. */
  readonly unreadable: Set<string>;
  launchesFailed: number;
}

/** One lane: read, settle, balance, decide, launch. */
export async function passOverLane(world: World, lane: Lane): Promise<LanePass> {
  const fleet = world.config.fleets.find(({ name }) => name === lane.fleet);
  const notes: Notes = { unreadable: new Set(), launchesFailed: 0 };
  let plan: ScaleUpPlan | undefined;
  for (let decision = 0; decision < decisionLimit && hasTime(world); decision++) {
    const facts = without(notes.unreadable, await observe(world, lane, decision === 0));
    // A removed fleet launches nothing: its runners drain, its jobs find another lane.
    if (fleet === undefined || (await isDraining(world, fleet.name))) return { plan: undefined, launchesFailed: 0 };
    plan = await decide(world, fleet, facts);
    const isDone = await act(world, fleet, facts, plan, notes);
    if (isDone) return { plan, launchesFailed: notes.launchesFailed };
    await world.clock.sleep(0.05 + world.clock.fraction() * 0.1 * 2 ** Math.min(decision, 5));
  }
  // Overtaken again and again, or out of time: the lane's next message goes on.
  await continueLater(world, lane, { reason: 'overtaken', seconds: 1 });
  return { plan, launchesFailed: notes.launchesFailed };
}

/** A job that the forge must be asked about, and can't be, does not count; nor does it hold back those that do. */
const without = (unreadable: ReadonlySet<string>, facts: LaneFacts): LaneFacts =>
  unreadable.size === 0
    ? facts
    : { ...facts, view: { ...facts.view, jobs: facts.view.jobs.filter(({ key }) => !unreadable.has(key)) } };

async function observe(world: World, lane: Lane, isFirst: boolean): Promise<LaneFacts> {
  const facts = await readLaneFacts(world, lane);
  if (!isFirst) return facts;
  await mintMissingGrants(world, facts);
  const isSettled = await settleIntents(world, facts.view);
  return isSettled ? readLaneFacts(world, lane) : facts;
}

async function decide(world: World, fleet: FleetConfig, { view, hosts }: LaneFacts): Promise<ScaleUpPlan> {
  const { ledger, forge, config, timing, clock } = world;
  const usage = await ledger.usage(fleet.name, forge.apps);
  const now = clock.now();
  const balance = balanceNow(world, fleet, { view, hosts }, now);
  const breaker = breakerAt(usage.breaker, fleet.hash, now, timing);
  const plan = planScaleUp({ view, balance, usage, breaker, config, fleet, apps: forge.apps, timing }, now);
  await recordStarvation(world, { view, balance, usage, plan });
  return plan;
}

/** True when the lane is served as far as it can be now. */
async function act(
  world: World,
  fleet: FleetConfig,
  { view }: LaneFacts,
  plan: ScaleUpPlan,
  notes: Notes,
): Promise<boolean> {
  const { lane } = view;
  if (plan.kind !== 'read') logPlan(world, lane, plan);
  switch (plan.kind) {
    case 'none':
      await rest(world, view, notes.unreadable.size > 0);
      return true;
    case 'wait':
      await continueLater(world, lane, { reason: plan.reason, seconds: plan.seconds });
      return true;
    case 'read':
      for (const key of await readJobs(world, plan.jobs)) notes.unreadable.add(key);
      return false;
    case 'launch':
      return launch(world, fleet, view, plan, notes);
  }
}

/** Supply suffices. Where that rests on somebody's open launch, one look at the moment when that is anybody's to settle. */
async function rest(world: World, { lane, intents, continuations }: LaneView, isForgeSilent: boolean): Promise<void> {
  if (isForgeSilent) {
    await continueLater(world, lane, {
      reason: 'forge-unreadable',
      seconds: backOffSeconds(continuations, world.timing),
    });
  } else if (intents.length > 0) {
    const ownedUntil = Math.min(...intents.map((intent) => intent.ownedUntil));
    const seconds = (ownedUntil - world.clock.now()) / 1000 + 1;
    await continueLater(world, lane, { reason: 'intent-is-open', seconds });
  } else if (continuations > 0) {
    await world.ledger.continued(lane);
  }
}

async function launch(
  world: World,
  fleet: FleetConfig,
  view: LaneView,
  plan: LaunchPlan,
  notes: Notes,
): Promise<boolean> {
  const { lane } = view;
  const outcome = await launchIntent(world, fleet, { seq: view.seq, lane, plan });
  const { kind, grantees } = outcome;
  if (kind !== 'lost' && kind !== 'unsettled') notes.launchesFailed += plan.count - grantees.instanceIds.length;
  world.log.info('launched', { lane: laneKey(lane), kind, count: grantees.instanceIds.length });
  try {
    // The lane goes on before the grants: the forge's pace makes those take a minute, in which others may launch.
    return await goOn(world, view, plan, outcome);
  } finally {
    await mintGrants(world, fleet, lane, outcome.grantees);
  }
}

async function goOn(world: World, view: LaneView, plan: LaunchPlan, outcome: LaunchOutcome): Promise<boolean> {
  const { lane } = view;
  const backOff = backOffSeconds(view.continuations, world.timing);
  switch (outcome.kind) {
    case 'lost':
      return false;
    case 'short':
      // What did not come is demand again: decide anew, now that full places rest.
      return false;
    case 'refused':
      await continueLater(world, lane, { reason: outcome.reason, seconds: backOff });
      return true;
    case 'unsettled': {
      const seconds = (outcome.ownedUntil - world.clock.now()) / 1000 + 1;
      await continueLater(world, lane, { reason: 'intent-is-open', seconds });
      return true;
    }
    case 'full':
      if (plan.leftReason !== undefined) {
        const isBudget = plan.leftReason === 'forge-budget' || plan.leftReason === 'hourly-cap';
        await continueLater(world, lane, { reason: plan.leftReason, seconds: isBudget ? 1 : backOff });
      } else if (view.continuations > 0) {
        await world.ledger.continued(lane);
      }
      return true;
  }
}

function logPlan(world: World, lane: Lane, plan: ScaleUpPlan): void {
  const { kind, reason } = plan;
  const numbers = plan.kind === 'launch' ? { count: plan.count, left: plan.left } : {};
  const waiting = plan.kind === 'wait' ? { deficit: plan.deficit, until: after(world.clock.now(), plan.seconds) } : {};
  world.log.info('scale-up', { lane: laneKey(lane), kind, reason, ...numbers, ...waiting });
}
