import type { Market } from '../core/instance.ts';
import type { Instant } from '../core/instant.ts';
import type { JobState } from '../core/job.ts';

/** Who ended a machine. Only `control-plane` and `itself` are us; `hard-limit` is the one exception that is written down. */
export type Ender = 'control-plane' | 'itself' | 'hard-limit' | 'spot' | 'provider';

/** How a job came to its end. `killed`: we ended its machine under it. */
export type JobEnd = 'finished' | 'cancelled' | 'spot' | 'forge' | 'killed';

export type FunctionName = 'webhook' | 'scale-up' | 'scale-down' | 'sweep' | 'look-at-machine';

/**
 * What really happened in the simulated world, told by EC2 and the forge themselves, whatever the ledger believes.
 * Checks, measures and stories are made of nothing else.
 */
export type Fact =
  /** It became runnable. `fleet`: whose jobs these are by configuration; undefined: nobody's. */
  | {
      readonly kind: 'job-queued';
      readonly job: string;
      readonly repo: string;
      readonly labels: readonly string[];
      readonly fleet: string | undefined;
      /** Of no workload: a stranger's, which may take a runner of ours. */
      readonly foreign?: true;
    }
  /** The forge decided; the runner has not begun. */
  | { readonly kind: 'job-assigned'; readonly job: string; readonly runner: string; readonly instance: string }
  /** The runner did not take it up in a minute. */
  | { readonly kind: 'job-requeued'; readonly job: string }
  | { readonly kind: 'job-started'; readonly job: string; readonly runner: string; readonly instance: string }
  | { readonly kind: 'job-ended'; readonly job: string; readonly how: JobEnd; readonly instance: string | undefined }
  /** `status`: our answer; 0: it never reached us and the forge knows; `lost`: it was never sent. */
  | {
      readonly kind: 'delivery';
      readonly job: string;
      readonly state: JobState;
      readonly status: number | 'lost';
      readonly again: boolean;
    }
  | {
      readonly kind: 'instance-launched';
      readonly instance: string;
      readonly fleet: string;
      readonly lane: string;
      readonly launchId: string;
      readonly type: string;
      readonly zone: string;
      readonly market: Market;
      readonly dollarsAnHour: number;
    }
  | { readonly kind: 'instance-running'; readonly instance: string }
  | { readonly kind: 'boot-failed'; readonly instance: string }
  | { readonly kind: 'runner-started'; readonly instance: string; readonly runner: string }
  | { readonly kind: 'runner-online'; readonly instance: string; readonly runner: string }
  /** Someone asked for its end, or it is being shut down from inside. */
  | { readonly kind: 'instance-ending'; readonly instance: string; readonly by: Ender; readonly reason: string }
  /** EC2 calls it terminated. */
  | { readonly kind: 'instance-gone'; readonly instance: string; readonly by: Ender }
  | {
      readonly kind: 'registration-made';
      readonly name: string;
      readonly scope: string;
      readonly instance: string | undefined;
      /** The environment that asked for it; undefined: none of ours. */
      readonly askedBy?: string;
    }
  | {
      readonly kind: 'registration-gone';
      readonly name: string;
      readonly scope: string;
      readonly by: 'us' | 'job' | 'forge';
    }
  /** A scale-up with this lane in its batch has begun; told once for each message. `reason`: why that was sent. */
  | { readonly kind: 'lane-looked-at'; readonly lane: string; readonly reason: string }
  | { readonly kind: 'launch-called'; readonly lane: string; readonly launchId: string; readonly count: number }
  | {
      readonly kind: 'invocation';
      readonly function: FunctionName;
      /** Undefined where it never had one. */
      readonly environment?: string;
      readonly outcome: 'done' | 'failed' | 'died' | 'timed-out';
      readonly why?: string;
    }
  | { readonly kind: 'dead-letter'; readonly lane: string }
  | { readonly kind: 'fault'; readonly fault: string; readonly subject?: string }
  /** A fleet is not in the configuration any more: its waiting jobs are nobody's. */
  | { readonly kind: 'configured'; readonly fleets: readonly string[] }
  /** What a function said of one thing that it did. */
  | {
      readonly kind: 'log';
      readonly by: FunctionName | 'host';
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>>;
    };

export type FactKind = Fact['kind'];
export type FactOf<Kind extends FactKind> = Extract<Fact, { readonly kind: Kind }>;

/** Learns of each fact as it happens. */
export type Witness = (fact: Fact, at: Instant) => void;
