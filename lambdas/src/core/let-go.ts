import type { Balance } from './balance.ts';
import { evictionOrderAt, idleCountAt } from './capacity.ts';
import type { FleetConfig } from './config.ts';
import { ageSeconds, type Instant } from './instant.ts';
import type { Lane } from './lane.ts';
import type { Intent } from './lane-view.ts';
import type { RunnerPlan } from './runner-plan.ts';
import { isVolunteer, type Standing } from './runner-state.ts';
import type { SlotHolder } from './yielding.ts';

/** A lane, every runner of it judged by itself. */
export interface LookedAt {
  readonly lane: Lane;
  readonly fleet: FleetConfig;
  /** It drains: nothing of it is wanted any more. */
  readonly isRemoved: boolean;
  readonly balance: Balance;
  readonly intents: readonly Pick<Intent, 'launchId' | 'count'>[];
  readonly plans: readonly RunnerPlan[];
}

/**
 * How many idle runners may go: only what a negative deficit leaves over, and never below the idle window. Busy
 * runners don't eat the window, and each lane has its own. `yielded` go in any case: jobs of other lanes lack their slots.
 */
export function letGo(looked: LookedAt, yielded: number, now: Instant): readonly RunnerPlan[] {
  const { plans, balance, fleet, isRemoved } = looked;
  const window = isRemoved ? 0 : idleCountAt(fleet, now);
  const idle = plans.filter(isIdle).length;
  const deficit = balance.deficit + plans.filter(isLostSupply).length;
  const leavers = new Map<RunnerPlan, RunnerPlan>();

  // Hosts that want to go by themselves stand outside the supply: they may, unless they are needed.
  const needed = isRemoved ? 0 : Math.max(deficit, window - idle) - yielded;
  const need = deficit > 0 ? 'jobs-wait' : 'idle-window';
  for (const [index, plan] of plans.filter(wantsToGo).entries()) {
    leavers.set(plan, isFree(plan) && index >= needed ? retired(plan) : refused(plan, need));
  }

  const went = [...leavers.values()].filter(({ kind }) => kind === 'retire').length;
  const surplus = Math.min(-deficit, idle - window);
  const going = ripeOf(looked, now).slice(0, Math.max(0, surplus, yielded - went));
  for (const [index, plan] of going.entries()) {
    const { standing, looks } = plan;
    const reason = isRemoved ? 'fleet-removed' : index < surplus ? 'surplus' : 'others-wait';
    leavers.set(plan, { kind: 'ask-to-leave', reason, standing, looks });
  }
  return plans.map((plan) => leavers.get(plan) ?? plan);
}

const retired = ({ standing, looks }: RunnerPlan): RunnerPlan => {
  return { kind: 'retire', reason: standing.reason, standing, looks };
};

const refused = (plan: RunnerPlan, need: string): RunnerPlan => {
  const { standing, looks, reason } = plan;
  return { kind: 'refuse-to-let-go', reason: isFree(plan) ? need : reason, standing, looks };
};

/** What the lane holds of the limits, and what it could do without. */
export function slotHolderOf(looked: LookedAt, now: Instant): SlotHolder {
  const { lane, fleet, isRemoved, balance, intents, plans } = looked;
  const open = new Set(intents.map(({ launchId }) => launchId));
  const launching = intents.reduce((sum, { count }) => sum + count, 0);
  const willing = plans.filter((plan) => wantsToGo(plan) && isFree(plan)).length;
  const waiting = balance.waiting.length;
  return {
    fleet: lane.fleet,
    fleetLimit: fleet.runnersMaximumCount,
    // Machines of an open launch are counted by it, in full.
    slots: launching + plans.filter(({ standing }) => !open.has(standing.row.launchId)).length,
    // Its own volunteers are told to stay for its jobs.
    lacking: isRemoved ? 0 : Math.max(0, Math.min(balance.deficit, waiting) - willing),
    leaving: plans.filter((plan) => plan.standing.state === 'leaving' && !wantsToGo(plan)).length,
    spare: Math.max(0, Math.min(ripeOf(looked, now).length + willing, plans.filter(isIdle).length + willing - waiting)),
  };
}

/** Idle runners that may go, in the order in which they would. */
function ripeOf({ plans, fleet, isRemoved }: LookedAt, now: Instant): readonly RunnerPlan[] {
  const ripe = plans.filter(
    (plan) => isIdle(plan) && isFree(plan) && (isRemoved || isPastMinimum(plan.standing, fleet, now)),
  );
  const sign = evictionOrderAt(fleet, now) === 'newest_first' ? -1 : 1;
  const launchedAt = (plan: RunnerPlan): Instant => plan.standing.row.launchedAt;
  return ripe.sort((a, b) => sign * (launchedAt(a) - launchedAt(b)));
}

const isIdle = ({ kind, standing }: RunnerPlan): boolean =>
  staysByItself.has(kind) && standing.state === 'idle' && standing.isSupply;

/** One that was told to stay has done so; that its answer is taken back makes it no less idle. */
const staysByItself: ReadonlySet<RunnerPlan['kind']> = new Set(['keep', 'forget-answer']);

/** It was counted on, and goes for a reason of its own. */
const isLostSupply = ({ kind, standing }: RunnerPlan): boolean => standing.isSupply && goesByItself.has(kind);

const goesByItself: ReadonlySet<RunnerPlan['kind']> = new Set([
  'ask-to-leave',
  'close',
  'end-lost',
  'end-at-hard-limit',
]);

const wantsToGo = ({ kind, standing }: RunnerPlan): boolean => kind === 'keep' && isVolunteer(standing);

/** A machine that a person wants kept counts like any other, and is not let go. */
const isFree = ({ kind, reason }: RunnerPlan): boolean => !(kind === 'keep' && reason === 'bypass-removal');

const isPastMinimum = ({ row }: Standing, fleet: FleetConfig, now: Instant): boolean =>
  ageSeconds(row.launchedAt, now) >= fleet.minimumRunningTimeMinutes * 60;
