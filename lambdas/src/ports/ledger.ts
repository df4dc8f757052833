import type { Instant } from '../core/instant.ts';
import type { Job, JobRef, JobState } from '../core/job.ts';
import type { Lane } from '../core/lane.ts';
import type { Looks, RunnerPhase, RunnerRow } from '../core/runner.ts';
import type { Instance, LaunchRequest, Placement } from './compute.ts';

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
  readonly intents: readonly Intent[];
  /** Tombstones (`gone`) are left out. */
  readonly runners: readonly RunnerRow[];
  readonly jobs: readonly LaneJob[];
}

export interface Starving {
  readonly lane: string;
  readonly since: Instant;
  readonly deficit: number;
  /** Held back by something other than the limit, so that it must not keep slots from younger lanes. */
  readonly heldBack: boolean;
  readonly seenAt: Instant;
}

export interface BreakerRow {
  /** Launches in a row that never registered, for one configuration. */
  readonly failures: number;
  readonly hash: string;
  readonly reason: string;
  readonly failedAt: Instant;
  /** The last probe launch. */
  readonly probedAt?: Instant;
}

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

/** A job row whole, for the state page and for the forge's word against ours. */
export interface JobRow {
  readonly job: Job;
  readonly lane: Lane | null;
  readonly recordedAt: Instant;
}

export interface Recorded {
  /** Undefined: it was not known. */
  readonly before: JobState | undefined;
  readonly after: JobState;
  /** Whether its lane's demand or supply may have changed. */
  readonly changed: boolean;
}

/** The truth, and the only place where a decision becomes one. */
export interface Ledger {
  /** Joins what was told with what is known; late, doubled and disordered events end right. `lane` null: matches nothing. */
  record(job: Job, lane: Lane | null, now: Instant): Promise<Recorded>;
  /** The forge was read. One read that disagrees is a doubt; a second, `rereadSeconds` later, moves the job. */
  confirm(key: string, says: Job | null, now: Instant, rereadSeconds: number): Promise<Recorded>;
  /** Puts a waiting job into another lane, after the configuration changed. */
  relane(key: string, lane: Lane | null, now: Instant): Promise<void>;
  job(key: string): Promise<JobRow | undefined>;
  unmatchedJobs(): Promise<readonly JobRow[]>;

  /** Every lane that ever had a job, a runner or an intent. */
  lanes(): Promise<readonly Lane[]>;
  lane(lane: Lane): Promise<LaneView>;
  usage(fleet: string, apps: readonly string[]): Promise<Usage>;

  /** The decision: one conditional transaction. `lost`: something moved meanwhile; read again. */
  intend(plan: IntentPlan): Promise<Intent | 'lost'>;
  /** Stores a step before its call. `lost`: the intent is no longer ours, or closed. */
  addStep(intent: Intent, request: LaunchRequest): Promise<Intent | 'lost'>;
  /** Makes an intent whose owner is late ours until then. */
  takeOver(intent: Intent, until: Instant): Promise<Intent | 'lost'>;
  noteLook(intent: Intent, look: NonNullable<Intent['look']>): Promise<void>;
  /** Rows for machines that came, where none ever stood, while the intent is open. `closed`: it is not. */
  recordLaunched(intent: Intent, instances: readonly Instance[], now: Instant): Promise<'recorded' | 'closed'>;
  /** Ends it; gives back what it turned out not to have launched. Closing twice changes nothing. */
  close(intent: Intent, launched: number): Promise<void>;
  /** Ids of every row that this launch ever had, tombstones included. */
  launchedBy(intent: Intent): Promise<readonly string[]>;
  /** A row for a machine that has none and whose intent is closed or unknown. `known`: it has, or had, one. */
  adopt(instance: Instance, now: Instant): Promise<'adopted' | 'known' | 'intent-open'>;

  /**
   * Moves runners of one lane, up to 90 a call. To `leaving` only if `seq` is still what was read. To `gone` frees
   * their slots, once. Answers the ids that were moved.
   */
  move(
    lane: Lane,
    runners: readonly RunnerRow[],
    to: RunnerPhase,
    reason: string,
    now: Instant,
    seq?: number,
  ): Promise<readonly string[]>;
  /** Writes down a suspicion, or takes it back. */
  noteLooks(lane: Lane, runner: RunnerRow, looks: Looks): Promise<void>;
  /** One more launch was made with these jobs in mind. */
  countLaunches(lane: Lane, jobs: readonly LaneJob[]): Promise<void>;

  /** Makes the lane wait: true for the one caller that must send the message. */
  continueAt(lane: Lane, at: Instant, now: Instant): Promise<boolean>;
  /** The lane no longer waits. */
  continued(lane: Lane): Promise<void>;
  starve(starving: Starving | { readonly lane: string; readonly deficit: 0 }): Promise<void>;
  noteBoot(
    fleet: string,
    boot: { readonly kind: 'registered' } | ({ readonly kind: 'failed' } & BreakerRow),
  ): Promise<void>;
  noteProbe(fleet: string, now: Instant): Promise<void>;
  rest(fleet: string, placement: Placement, until: Instant): Promise<void>;

  cursor(name: string): Promise<string | undefined>;
  saveCursor(name: string, value: string): Promise<void>;
  repositories(): Promise<readonly string[]>;
}
