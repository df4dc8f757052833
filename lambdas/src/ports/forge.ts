import type { Instant } from '../core/instant.ts';
import type { Job, JobRef } from '../core/job.ts';
import type { Scope } from '../core/lane.ts';
import type { Registration } from '../core/registration.ts';

export type { Registration } from '../core/registration.ts';

/** What a forge told us: a job, or that something changed. */
export type ForgeEvent =
  | { readonly type: 'job'; readonly deliveryId: string; readonly action: string; readonly job: Job }
  /** Well signed, but nothing to record; `reason` says why, for the answer. */
  | { readonly type: 'other'; readonly deliveryId: string; readonly reason: string };

export interface WebhookRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Uint8Array;
}

export interface RunnerRef {
  readonly id?: string;
  readonly name: string;
}

export interface RunnerSpec {
  readonly name: string;
  readonly scope: Scope;
  readonly labels: readonly string[];
  readonly runnerGroup: string;
  readonly ephemeral: boolean;
  /** Which App's budget this is taken from: one of `Forge.apps`. */
  readonly app: string;
}

/** What one machine must do to become one runner. Holds a secret: it goes into the machine's own row, nowhere else. */
export interface RunnerGrant {
  readonly registration: { readonly id: string; readonly name: string };
  readonly singleUse: boolean;
  readonly expiresAt?: Instant;
  readonly boot: {
    /** Arguments for the runner's command. */
    readonly argv: readonly string[];
    /** Environment for the runner, for what must not stand in an argument list. */
    readonly env: Readonly<Record<string, string>>;
  };
}

/** One event that the forge could not deliver, and where to go on after it. */
export interface MissedEvent {
  readonly event?: ForgeEvent;
  readonly cursor: string;
}

export interface Forge {
  readonly kind: string;
  /** The core branches on these, never on a forge's name. */
  readonly can: {
    readonly push: 'jobs' | 'nudge' | 'none';
    readonly singleUse: boolean;
    readonly bindJob: boolean;
    readonly removal: 'refused-when-busy' | 'cordon' | 'unsafe';
    readonly endJob: readonly ('cancel' | 'rerun')[];
  };
  /** The names of the budgets that grants are taken from, one an App; at least one. */
  readonly apps: readonly string[];

  /** Verifies the signature over the raw body, then parses. No I/O. Throws `BadSignatureError`, `MalformedError`. */
  parseWebhook(request: WebhookRequest): ForgeEvent;

  /** What could not be delivered since `cursor` (undefined: as far back as the forge keeps), oldest first. May repeat. */
  missedEvents(cursor: string | undefined): AsyncIterable<MissedEvent>;
  /** Repositories whose jobs this installation can see. */
  repositories(): AsyncIterable<string>;
  /** Every queued or running job of one repository, as it is now. */
  openJobs(repo: string): AsyncIterable<Job>;

  /** The state now; null: the forge does not know it. Throws on anything else, so that "unknown" never reads as "gone". */
  getJob(ref: JobRef): Promise<Job | null>;

  /** Makes one runner identity. Throws `NameTakenError`, `ThrottledError`, `DeniedError`. Never deletes anything. */
  createRunner(spec: RunnerSpec): Promise<RunnerGrant>;
  /** All runners of a scope, complete or an error: never a list that lacks a page. */
  listRunners(scope: Scope): AsyncIterable<Registration>;
  /** Never takes a runner from under a job that the forge knows of. `busy`: nothing was done. */
  removeRunner(scope: Scope, ref: RunnerRef): Promise<'removed' | 'busy' | 'absent'>;
}
