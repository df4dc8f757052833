import type { Balance } from './balance.ts';
import { jobsToLaunchFor, launchDeficitOf } from './balance.ts';
import type { BreakerState } from './breaker.ts';
import type { Config, FleetConfig } from './config.ts';
import type { Placement } from './instance.ts';
import { ageSeconds, type Instant } from './instant.ts';
import { jobsToRead, needsReading } from './jobs-to-read.ts';
import type { LaneJob, LaneView, Usage } from './lane-view.ts';
import { type BucketRate, mostIn, roomIn, secondsUntilRoom } from './leaky-bucket.ts';
import { type Slots, slotsLeft } from './slots.ts';
import type { Timing } from './timing.ts';

/** What scale-up does about one lane. */
export type ScaleUpPlan =
  | { readonly kind: 'none'; readonly reason: 'supply-suffices' }
  | { readonly kind: 'wait'; readonly reason: WaitReason; readonly deficit: number; readonly seconds: number }
  /** The forge's word is asked first, about jobs whose own is old. */
  | { readonly kind: 'read'; readonly reason: 'word-is-old'; readonly jobs: readonly LaneJob[] }
  | {
      readonly kind: 'launch';
      readonly reason: 'jobs-wait' | 'pool-is-due' | 'breaker-probe';
      readonly count: number;
      readonly app: string;
      readonly placements: readonly Placement[];
      readonly jobs: readonly LaneJob[];
      /** Of the lane's runners, so that a later look can tell whether another job took one of these. */
      readonly worked: number;
      /** What stays demand after it, and why. */
      readonly left: number;
      readonly leftReason: WaitReason | undefined;
    };

export type WaitReason =
  | 'fleet-limit'
  | 'deployment-limit'
  | 'older-lane-in-fleet'
  | 'older-lane-in-deployment'
  | 'forge-budget'
  | 'hourly-cap'
  | 'no-capacity'
  | 'breaker-open'
  | 'worker-without-event';

/** The forge's write budget. Its burst is what can be minted while machines boot, and one at least. */
export const grantRate = (timing: Timing): BucketRate => ({
  secondsEach: timing.grantSeconds,
  burstSeconds: Math.max(timing.grantBurstSeconds, timing.grantSeconds),
});

/** Below this many grants, or all that the bucket holds, and below the deficit, a lane waits: no driblets. */
const worthwhileGrants = 50;

/** One transaction records at most 99 machines; one launch may take two. */
export const launchLimit = 180;

export interface ScaleUpFacts {
  readonly view: LaneView;
  readonly balance: Balance;
  readonly usage: Usage;
  readonly breaker: BreakerState;
  readonly config: Config;
  readonly fleet: FleetConfig;
  readonly apps: readonly string[];
  readonly timing: Timing;
}

export const hourlyRate = (fleet: FleetConfig): BucketRate => ({
  secondsEach: 3600 / fleet.launchesPerHourLimit,
  burstSeconds: 3600,
});

export function planScaleUp(given: ScaleUpFacts, now: Instant): ScaleUpPlan {
  const facts = { ...given, balance: { ...given.balance, deficit: launchDeficitOf(given.balance) } };
  const { balance, fleet, breaker } = facts;
  const wait = (reason: WaitReason, seconds: number): ScaleUpPlan => ({
    kind: 'wait',
    reason,
    deficit: Math.max(0, balance.deficit),
    seconds: Math.max(1, Math.min(seconds, facts.timing.continuationLastSeconds)),
  });
  if (balance.deficit <= 0) {
    // A worker may also be one whose job just ended: what it stands for is looked at again soon, not by the next event.
    return isOnWorkersWord(balance)
      ? wait('worker-without-event', facts.timing.continuationFirstSeconds)
      : { kind: 'none', reason: 'supply-suffices' };
  }
  const backOff = backOffSeconds(facts.view.continuations, facts.timing);

  if (breaker.kind === 'open') return wait('breaker-open', ageSeconds(now, breaker.until));
  const slots = slotsLeft(facts, now);
  if (slots.count <= 0) return wait(slots.reason, backOff);
  const placements = openPlacements(fleet, facts.usage, now);
  if (placements.length === 0) return wait('no-capacity', soonestEnd(facts.usage, now));
  const app = roomiestApp(facts, now);
  const wanted = Math.min(balance.deficit, breaker.kind === 'probe' ? 1 : launchLimit);
  const rate = grantRate(facts.timing);
  const worthwhile = Math.min(wanted, slots.count, worthwhileGrants, mostIn(rate));
  if (app.room < worthwhile) return wait('forge-budget', secondsUntilRoom(app.tat, worthwhile, rate, now));
  const hourly = roomIn(facts.usage.launchTat, hourlyRate(fleet), now);
  if (hourly <= 0) return wait('hourly-cap', secondsUntilRoom(facts.usage.launchTat, 1, hourlyRate(fleet), now));

  const count = Math.min(wanted, slots.count, app.room, hourly);
  return launchOrRead(facts, { count, app: app.name, placements, slots, hourly, room: app.room }, now);
}

interface Allowed {
  readonly count: number;
  readonly app: string;
  readonly placements: readonly Placement[];
  readonly slots: Slots;
  readonly hourly: number;
  readonly room: number;
}

function launchOrRead(facts: ScaleUpFacts, allowed: Allowed, now: Instant): ScaleUpPlan {
  const { balance, breaker, fleet, timing } = facts;
  const jobs = jobsToLaunchFor(balance.waiting, allowed.count);
  const old = jobsToRead(balance, jobs, allowed.count, (job) => needsReading(job, fleet, timing, now));
  if (old.length > 0) return { kind: 'read', reason: 'word-is-old', jobs: old };
  const left = balance.deficit - allowed.count;
  return {
    kind: 'launch',
    reason: breaker.kind === 'probe' ? 'breaker-probe' : balance.waiting.length > 0 ? 'jobs-wait' : 'pool-is-due',
    count: allowed.count,
    app: allowed.app,
    placements: allowed.placements,
    jobs,
    worked: balance.worked,
    left,
    leftReason: left > 0 ? leftReason(allowed, breaker) : undefined,
  };
}

function leftReason(allowed: Allowed, breaker: BreakerState): WaitReason {
  if (breaker.kind === 'probe') return 'breaker-open';
  if (allowed.count === allowed.slots.count) return allowed.slots.reason;
  return allowed.count === allowed.hourly ? 'hourly-cap' : 'forge-budget';
}

const isOnWorkersWord = ({ waiting, standings }: Balance): boolean =>
  waiting.length > 0 && standings.some(({ standsForJob }) => standsForJob);

export const backOffSeconds = (continuations: number, timing: Timing): number =>
  Math.min(timing.continuationLastSeconds, timing.continuationFirstSeconds * 2 ** Math.min(continuations, 20));

function openPlacements(fleet: FleetConfig, usage: Usage, now: Instant): readonly Placement[] {
  const rests = new Set(usage.resting.filter((rest) => now < rest.until).map((rest) => `${rest.type}/${rest.zone}`));
  return fleet.instanceTypes
    .flatMap((type) => fleet.zones.map((zone) => ({ type, zone })))
    .filter(({ type, zone }) => !rests.has(`${type}/${zone}`));
}

const soonestEnd = (usage: Usage, now: Instant): number =>
  Math.min(...usage.resting.filter((rest) => now < rest.until).map((rest) => ageSeconds(now, rest.until)));

function roomiestApp(
  { usage, apps, timing }: ScaleUpFacts,
  now: Instant,
): { name: string; tat: Instant; room: number } {
  const rooms = apps.map((name) => {
    const tat = usage.budgetTat.get(name) ?? 0;
    return { name, tat, room: roomIn(tat, grantRate(timing), now) };
  });
  return rooms.reduce((best, app) => (app.room > best.room ? app : best));
}
