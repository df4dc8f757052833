import type { LaunchFailures } from './breaker.ts';
import type { LaunchRequest, Placement } from './instance.ts';
import type { Instant } from './instant.ts';
import type { JobRef, JobState } from './job.ts';
import type { Lane } from './lane.ts';
import type { RunnerRow } from './runner.ts';

/** A job as its lane sees it: waiting or running; done ones leave the lane. */
export interface LaneJob {
  readonly key: string;
  readonly ref: JobRef;
  readonly state: Exclude<JobState, 'done'>;
  /** When it began to wait: the forge's time, else ours. */
  readonly queuedAt: Instant;
  readonly runnerName?: string;
  readonly startedAt?: Instant;
  /** How many launches were made with this job in mind. */
  readonly launches: number;
  /** Of these, those whose runner another job took. */
  readonly launchesTaken?: number;
  readonly launchedForAt?: Instant;
  /** How many of the lane's runners had worked, when it was last launched for. */
  readonly workedThen?: number;
  /** When the forge was last asked about it. */
  readonly readAt?: Instant;
  /** The first of two reads that disagree with the ledger: what the forge said, and when. */
  readonly doubt?: { readonly says: JobState | 'unknown'; readonly at: Instant };
}

/** One launch step: stored before its call, sent again as it stands. */
export interface IntentStep {
  readonly request: LaunchRequest;
}

/** A launch that was decided: written before the call, settled after it. Until it closes it counts in full. */
export interface Intent {
  readonly launchId: string;
  readonly lane: Lane;
  readonly count: number;
  /** Whose budget the grants come from. */
  readonly app: string;
  readonly writtenAt: Instant;
  /** Its writer's until then; who takes it over moves this, by condition. */
  readonly ownedUntil: Instant;
  /** No first call and no replay later than this. */
  readonly notAfter: Instant;
  /** When its turn of the forge's budget comes: machines are launched ahead of their grants, and boot meanwhile. */
  readonly grantsFrom: Instant;
  /** What each machine took of the App's budget and of the fleet's hourly cap; one that did not come gives it back. */
  readonly secondsEach: { readonly budget: number; readonly hourly: number };
  readonly steps: readonly IntentStep[];
  /** The last complete list of its machines, made to settle it. */
  readonly look?: { readonly ids: readonly string[]; readonly at: Instant };
}

/** What one lane's decision is based on. Read in this order: head, intents, runners, jobs. */
export interface LaneView {
  readonly lane: Lane;
  /** The condition of the next decision. */
  readonly seq: number;
  /** The lane waits until then, and one message is on its way for it. */
  readonly continueAt?: Instant;
  /** How often in a row it was continued, for the back-off. */
  readonly continuations: number;
  /** Runners that worked, and are gone. */
  readonly workedRunners: number;
  readonly intents: readonly Intent[];
  /** Tombstones (`gone`) are left out. */
  readonly runners: readonly RunnerRow[];
  readonly jobs: readonly LaneJob[];
}

export interface Starving {
  readonly lane: string;
  readonly since: Instant;
  readonly deficit: number;
  /** What holds it back. Only a lane that waits for a slot keeps younger lanes from taking one. */
  readonly by: 'fleet-limit' | 'deployment-limit' | 'other';
  readonly seenAt: Instant;
}

export type BreakerRow = LaunchFailures;

/** What is shared beyond the lane. */
export interface Usage {
  readonly fleetUsed: number;
  readonly deploymentUsed: number;
  readonly starving: readonly Starving[];
  readonly breaker?: BreakerRow;
  /** The hourly cap's leaky bucket. */
  readonly launchTat: Instant;
  readonly resting: readonly (Placement & { readonly until: Instant })[];
  /** The write budgets' leaky buckets, by App. */
  readonly budgetTat: ReadonlyMap<string, Instant>;
}

/** A decision to launch, with the conditions under which alone it may be written. */
export interface IntentPlan {
  readonly launchId: string;
  readonly lane: Lane;
  readonly count: number;
  readonly app: string;
  readonly now: Instant;
  readonly ownedUntil: Instant;
  readonly notAfter: Instant;
  /** The lane as it was read. */
  readonly seq: number;
  /** -1: none. */
  readonly fleetLimit: number;
  readonly deploymentLimit: number;
  /** Seconds that one grant takes of the App's budget, and how many seconds may be drawn ahead. */
  readonly budget: { readonly secondsEach: number; readonly burstSeconds: number };
  /** The same for the fleet's hourly cap. */
  readonly hourly: { readonly secondsEach: number; readonly burstSeconds: number };
}
