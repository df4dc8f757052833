import { firstInOrder } from './first-in-order.ts';
import { after, type Instant } from './instant.ts';
import type { LaneJob, LaneView } from './lane-view.ts';
import { type HostRow, hasWorked } from './runner.ts';
import { isVolunteer, type Standing, type StandingPolicy, standingOf } from './runner-state.ts';
import type { Timing } from './timing.ts';

/** Demand against supply in one lane. Scale-up, scale-down and sweep all use this one, so that they can't fight. */
export interface Balance {
  readonly standings: readonly Standing[];
  /** Queued jobs that count, in no order: there may be thousands. */
  readonly waiting: readonly LaneJob[];
  /** Queued jobs that get a probe at growing intervals, as three launches did not start them. */
  readonly stuck: readonly LaneJob[];
  /** Runners of the lane that worked, or do. */
  readonly worked: number;
  readonly demand: number;
  /** The part of it that no job waits for. */
  readonly pool: number;
  readonly supply: number;
  /** Above 0: launch that many. Below 0: that many may go. */
  readonly deficit: number;
}

/** A lane and the rows of its hosts, read together. */
export interface LaneFacts {
  readonly view: LaneView;
  readonly hosts: ReadonlyMap<string, HostRow>;
}

/** How many launches a queued job may have behind it and still count at once. */
const launchesBeforeProbing = 3;

export function balanceOf(facts: LaneFacts, poolSize: number, policy: StandingPolicy, now: Instant): Balance {
  const standings = standingsOf(facts, policy, now);
  const worked = facts.view.workedRunners + standings.filter(isOfUse).length;
  const waiting: LaneJob[] = [];
  const stuck: LaneJob[] = [];
  for (const job of facts.view.jobs) {
    if (job.state !== 'queued') continue;
    if (countsAt(job, worked, policy.timing, now)) waiting.push(job);
    else if (job.doubt === undefined) stuck.push(job);
  }
  const standIns = standings.filter((standing) => standing.standsForJob).length;
  const launching = facts.view.intents.reduce((sum, intent) => sum + intent.count, 0);

  const demand = Math.max(0, waiting.length - standIns) + poolSize;
  const supply = launching + supplyOutside(facts, standings);
  return { standings, waiting, stuck, worked, demand, pool: poolSize, supply, deficit: demand - supply };
}

/**
 * How many a launch would make good: hosts that would go by themselves are told to stay for a pool. A job has waited while
 * they listened, so they are nothing to it.
 */
export const launchDeficitOf = ({ deficit, pool, standings }: Balance): number =>
  deficit <= 0 || pool === 0 ? deficit : deficit - Math.min(pool, standings.filter(isVolunteer).length);

/** Runners whose intent is still open are counted by the intent, in full; their rows don't count twice. */
function supplyOutside(facts: LaneFacts, standings: readonly Standing[]): number {
  const open = new Set(facts.view.intents.map((intent) => intent.launchId));
  return standings.filter((standing) => standing.isSupply && !open.has(standing.row.launchId)).length;
}

function standingsOf({ view, hosts }: LaneFacts, policy: StandingPolicy, now: Instant): readonly Standing[] {
  const jobByRunner = new Map<string, LaneJob>();
  for (const job of view.jobs) {
    if (job.state === 'running' && job.runnerName !== undefined) jobByRunner.set(job.runnerName, job);
  }
  return view.runners.map((row) => {
    const host = hosts.get(row.instanceId);
    const name = host?.registration?.name;
    return standingOf(row, host, name === undefined ? undefined : jobByRunner.get(name), policy, now);
  });
}

const isOfUse = ({ host, job }: Standing): boolean => job !== undefined || hasWorked(host);

/**
 * A runner of the lane has begun to work since this job was launched for, and not on this job. So that launch was of use,
 * as it was not where a runner listens and the forge does not give it the job.
 */
export const isLaunchTaken = ({ workedThen }: LaneJob, worked: number): boolean =>
  workedThen !== undefined && worked > workedThen;

/** A job that three launches did not start has one probe launch at growing intervals: no machine again and again for nothing. */
export function countsAt(job: LaneJob, worked: number, timing: Timing, now: Instant): boolean {
  // In doubt: the forge said otherwise once. It counts again once it may be asked a second time.
  if (job.doubt !== undefined && now < after(job.doubt.at, timing.rereadSeconds)) return false;
  const probes = job.launches - (job.launchesTaken ?? 0) - launchesBeforeProbing;
  if (probes < 0 || job.launchedForAt === undefined || isLaunchTaken(job, worked)) return true;
  const seconds = Math.min(timing.probeLastSeconds, timing.probeFirstSeconds * 2 ** Math.min(probes, 30));
  return now >= after(job.launchedForAt, seconds);
}

export const longestWaitingFirst = (a: LaneJob, b: LaneJob): number =>
  a.queuedAt - b.queuedAt || (a.key < b.key ? -1 : 1);

/** The jobs that the next `count` launches are made for: those with the fewest launches behind them, oldest first. */
export const jobsToLaunchFor = (waiting: readonly LaneJob[], count: number): readonly LaneJob[] =>
  firstInOrder(waiting, count, (a, b) => a.launches - b.launches || longestWaitingFirst(a, b));
