import { type Balance, balanceOf, type LaneFacts } from './balance.ts';
import { poolSizeAt } from './capacity.ts';
import type { FleetConfig } from './config.ts';
import type { Instance } from './instance.ts';
import type { Instant } from './instant.ts';
import type { Lane, Scope } from './lane.ts';
import type { LaneJob } from './lane-view.ts';
import { leaseLookOf } from './lease-look.ts';
import { type LookedAt, letGo, slotHolderOf } from './let-go.ts';
import type { Registration } from './registration.ts';
import { namesInstance } from './runner-name.ts';
import { planRunner, type RunnerLook, type RunnerPlan } from './runner-plan.ts';
import type { Standing } from './runner-state.ts';
import type { Timing } from './timing.ts';
import { yieldsOf } from './yielding.ts';

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

export interface ScaleDownPolicy {
  readonly fleetOf: FleetOf;
  /** For all fleets together; -1: no limit. */
  readonly deploymentLimit: number;
  readonly timing: Timing;
}

export function planScaleDown(
  facts: DeploymentFacts,
  { fleetOf, deploymentLimit, timing }: ScaleDownPolicy,
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

  const looked = judged.map(({ lane: { view }, fleet, isRemoved, balance }): LookedAt => {
    const looks = balance.standings.map((standing) => lookOf(standing, view.lane, facts, jobs));
    const plans = looks.map((look) => planRunner(look, { fleet, timing, isSilenceOurs }, now));
    return { lane: view.lane, intents: view.intents, fleet, isRemoved, balance, plans };
  });
  const yields = yieldsOf(
    looked.map((lane) => slotHolderOf(lane, now)),
    deploymentLimit,
  );
  return looked.map((lane, index) => ({
    lane: lane.lane,
    balance: lane.balance,
    runners: letGo(lane, yields[index] ?? 0, now),
  }));
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
