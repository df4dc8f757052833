import { type Balance, balanceOf, type LaneFacts } from './balance.ts';
import { evictionOrderAt, idleCountAt, poolSizeAt } from './capacity.ts';
import type { FleetConfig } from './config.ts';
import type { Instance } from './instance.ts';
import { ageSeconds, type Instant } from './instant.ts';
import type { Lane, Scope } from './lane.ts';
import type { LaneJob } from './lane-view.ts';
import { leaseLookOf } from './lease-look.ts';
import type { Registration } from './registration.ts';
import { namesInstance } from './runner-name.ts';
import { planRunner, type RunnerLook, type RunnerPlan } from './runner-plan.ts';
import type { Standing } from './runner-state.ts';
import type { Timing } from './timing.ts';

/** Both sides of every runner, read in one pass. */
export interface DeploymentFacts {
  readonly lanes: readonly LaneFacts[];
  /** A complete list of machines. */
  readonly instances: ReadonlyMap<string, Instance>;
  /** By scope, then by name; a scope whose list failed is absent, and what is absent is unknown. */
  readonly registrations: ReadonlyMap<Scope, ReadonlyMap<string, Registration>>;
  /** Running jobs that match no fleet today but may run on our runners all the same. */
  readonly otherJobs: readonly LaneJob[];
}

export interface LanePlan {
  readonly lane: Lane;
  readonly balance: Balance;
  readonly runners: readonly RunnerPlan[];
}

/** A fleet that was removed drains: nothing of it is wanted any more, and its limits are those of any fleet. */
export type FleetOf = (name: string) => { readonly fleet: FleetConfig; readonly isRemoved: boolean };

/** Not more than a tenth of the deployment, but at least these, fall silent by themselves at once. */
const silentByThemselves = 3;

export function planScaleDown(
  facts: DeploymentFacts,
  fleetOf: FleetOf,
  timing: Timing,
  now: Instant,
): readonly LanePlan[] {
  const judged = facts.lanes.map((lane) => {
    const { fleet, isRemoved } = fleetOf(lane.view.lane.fleet);
    const policy = { bootLimitSeconds: fleet.runnerBootTimeMinutes * 60, timing };
    const pool = isRemoved ? 0 : poolOf(fleet, lane.view.lane, now);
    return { lane, fleet, isRemoved, balance: balanceOf(lane, pool, policy, now) };
  });
  const standings = judged.flatMap(({ balance }) => balance.standings);
  const isSilenceOurs = isTooMuchSilence(standings, timing, now);
  const jobs = jobsByRunner(facts);

  return judged.map(({ lane, fleet, isRemoved, balance }) => {
    const looks = balance.standings.map((standing) => lookOf(standing, lane.view.lane, facts, jobs));
    const plans = looks.map((look) => planRunner(look, { fleet, timing, isSilenceOurs }, now));
    return {
      lane: lane.view.lane,
      balance,
      runners: letGo(plans, balance, { fleet, isRemoved, now }),
    };
  });
}

/** The pool of a lane: a fleet's pool belongs to the one lane that its configuration names. */
export const poolOf = (fleet: FleetConfig, lane: Lane, now: Instant): number =>
  fleet.poolScope === lane.scope ? poolSizeAt(fleet, now) : 0;

/** All leases silent at once: then nobody is lost, but our own table, network or clock is at fault. */
function isTooMuchSilence(standings: readonly Standing[], timing: Timing, now: Instant): boolean {
  const silent = standings.filter((standing) => leaseLookOf(standing, timing, now).kind === 'silent').length;
  return silent > Math.max(silentByThemselves, standings.length / 10);
}

function lookOf(
  standing: Standing,
  lane: Lane,
  facts: DeploymentFacts,
  jobs: ReadonlyMap<string, LaneJob>,
): RunnerLook {
  const registrations = facts.registrations.get(lane.scope);
  return {
    standing,
    instance: facts.instances.get(standing.row.instanceId) ?? 'unlisted',
    registration: registrations === undefined ? 'unknown' : (ofRunner(standing, registrations) ?? 'absent'),
    job: ofRunner(standing, jobs),
  };
}

/** By the name of its registration. Where its host's row is lost, so is that name: then by the machine's, which is in it. */
function ofRunner<T>({ row, host }: Standing, byName: ReadonlyMap<string, T>): T | undefined {
  if (host !== undefined) return host.registration && byName.get(host.registration.name);
  for (const [name, found] of byName) if (namesInstance(name, row.instanceId)) return found;
  return undefined;
}

function jobsByRunner(facts: DeploymentFacts): ReadonlyMap<string, LaneJob> {
  const running = [...facts.lanes.flatMap((lane) => lane.view.jobs), ...facts.otherJobs].filter(
    (job) => job.state === 'running' && job.runnerName !== undefined,
  );
  return new Map(running.map((job) => [job.runnerName ?? '', job]));
}

interface Letting {
  readonly fleet: FleetConfig;
  readonly isRemoved: boolean;
  readonly now: Instant;
}

/**
 * How many idle runners may go: only what a negative deficit leaves over, and never below the idle window. Busy
 * runners don't eat the window, and each lane has its own.
 */
function letGo(plans: readonly RunnerPlan[], balance: Balance, letting: Letting): readonly RunnerPlan[] {
  const { fleet, isRemoved, now } = letting;
  const window = isRemoved ? 0 : idleCountAt(fleet, now);
  const idle = plans.filter(
    ({ kind, standing }) => staysByItself.has(kind) && standing.state === 'idle' && standing.isSupply,
  );
  const leavers = new Map<RunnerPlan, RunnerPlan>();

  // Hosts that want to go by themselves stand outside the supply: they may, unless they are needed.
  const volunteers = plans.filter(isVolunteer);
  const deficit = balance.deficit + plans.filter(isLostSupply).length;
  const needed = isRemoved ? 0 : Math.max(deficit, window - idle.length);
  for (const [index, plan] of volunteers.entries()) {
    const { standing, looks } = plan;
    const need = deficit > 0 ? 'jobs-wait' : 'idle-window';
    leavers.set(
      plan,
      isFree(plan) && index >= needed
        ? { kind: 'retire', reason: standing.reason, standing, looks }
        : { kind: 'refuse-to-let-go', reason: isFree(plan) ? need : plan.reason, standing, looks },
    );
  }

  const surplus = Math.min(-deficit, idle.length - window);
  const ripe = idle.filter((plan) => isFree(plan) && (isRemoved || isPastMinimum(plan.standing, fleet, now)));
  for (const plan of inEvictionOrder(ripe, fleet, now).slice(0, Math.max(0, surplus))) {
    const { standing, looks } = plan;
    leavers.set(plan, { kind: 'ask-to-leave', reason: isRemoved ? 'fleet-removed' : 'surplus', standing, looks });
  }
  return plans.map((plan) => leavers.get(plan) ?? plan);
}

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

const isVolunteer = ({ kind, standing }: RunnerPlan): boolean =>
  kind === 'keep' &&
  standing.row.phase === 'up' &&
  standing.host?.lease?.sees === 'leaving' &&
  standing.state === 'leaving';

/** A machine that a person wants kept counts like any other, and is not let go. */
const isFree = ({ kind, reason }: RunnerPlan): boolean => !(kind === 'keep' && reason === 'bypass-removal');

const isPastMinimum = ({ row }: Standing, fleet: FleetConfig, now: Instant): boolean =>
  ageSeconds(row.launchedAt, now) >= fleet.minimumRunningTimeMinutes * 60;

function inEvictionOrder(plans: readonly RunnerPlan[], fleet: FleetConfig, now: Instant): readonly RunnerPlan[] {
  const sign = evictionOrderAt(fleet, now) === 'newest_first' ? -1 : 1;
  const launchedAt = (plan: RunnerPlan): Instant => plan.standing.row.launchedAt;
  return [...plans].sort((a, b) => sign * (launchedAt(a) - launchedAt(b)));
}
