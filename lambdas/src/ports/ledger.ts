import type { Instance, LaunchRequest, Placement } from '../core/instance.ts';
import type { Instant } from '../core/instant.ts';
import type { Job, JobState } from '../core/job.ts';
import type { Lane, Scope } from '../core/lane.ts';
import type { BreakerRow, Intent, IntentPlan, LaneJob, LaneView, Starving, Usage } from '../core/lane-view.ts';
import type { Looks, RunnerPhase, RunnerRow } from '../core/runner.ts';

export type {
  BreakerRow,
  Intent,
  IntentPlan,
  IntentStep,
  LaneJob,
  LaneView,
  Starving,
  Usage,
} from '../core/lane-view.ts';

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

/** A runner that changes its phase, and why. */
export interface RunnerMove {
  readonly row: RunnerRow;
  readonly reason: string;
  /** It had a job, and is counted as such once it is gone. */
  readonly hasWorked?: boolean;
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
  /** One runner by itself; undefined: it has no row, or is gone. */
  runner(lane: Lane, instanceId: string): Promise<RunnerRow | undefined>;
  usage(fleet: string, apps: readonly string[]): Promise<Usage>;

  /** The decision: one conditional transaction. `lost`: something moved meanwhile; read again. */
  intend(plan: IntentPlan): Promise<Intent | 'lost'>;
  /** Stores steps before their calls. `lost`: the intent is no longer ours, or closed. */
  addSteps(intent: Intent, requests: readonly LaunchRequest[]): Promise<Intent | 'lost'>;
  /** Makes an intent whose owner is late ours until then. */
  takeOver(intent: Intent, until: Instant): Promise<Intent | 'lost'>;
  noteLook(intent: Intent, look: NonNullable<Intent['look']>): Promise<void>;
  /** Rows for machines that came, where none ever stood, while the intent is open. `closed`: it is not. */
  recordLaunched(intent: Intent, instances: readonly Instance[], now: Instant): Promise<'recorded' | 'closed'>;
  /** Ends it; gives back what it turned out not to have launched. Closing twice changes nothing. */
  close(intent: Intent, launched: number, now: Instant): Promise<void>;
  /** Ids of every row that this launch ever had, tombstones included. */
  launchedBy(intent: Intent): Promise<readonly string[]>;
  /** A row for a machine that has none and whose intent is closed or unknown. `known`: it has, or had, one. */
  adopt(instance: Instance, now: Instant): Promise<'adopted' | 'known' | 'intent-open'>;

  /**
   * Moves runners of one lane, each from the phase of its row. With `seq`: only if that is still what was read. To `gone`
   * frees their slots, once. Answers the ids that were moved.
   */
  move(
    lane: Lane,
    moves: readonly RunnerMove[],
    to: RunnerPhase,
    now: Instant,
    seq?: number,
  ): Promise<readonly string[]>;
  /** Writes down a suspicion, or takes it back. */
  noteLooks(lane: Lane, runner: RunnerRow, looks: Looks): Promise<void>;
  /** One more launch was made with these jobs in mind. `worked`: the lane's runners that had, when it was decided. */
  countLaunches(lane: Lane, jobs: readonly LaneJob[], worked: number, now: Instant): Promise<void>;

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

  /** Registrations without an instance, and when each was first seen so. */
  strays(scope: Scope): Promise<ReadonlyMap<string, Instant>>;
  noteStray(scope: Scope, registrationId: string, firstSeenAt: Instant | null): Promise<void>;

  cursor(name: string): Promise<string | undefined>;
  saveCursor(name: string, value: string): Promise<void>;
  repositories(): Promise<readonly string[]>;
}
