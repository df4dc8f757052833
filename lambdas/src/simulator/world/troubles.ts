import type { Instance, LaunchError, LaunchRequest, Market, Placement } from '../../core/instance.ts';
import type { Job } from '../../core/job.ts';
import type { FunctionName } from '../facts.ts';
import type { Call, CallTrouble } from './wire.ts';

/** How one delivery fares. */
export interface DeliveryFate {
  /** Never sent, and not among those that the forge knows to have failed. */
  readonly lost?: boolean;
  /** Beside the usual delay. */
  readonly delaySeconds?: number;
  /** Sent again, each so many seconds after the first. */
  readonly againAfterSeconds?: readonly number[];
}

/** How a machine comes up. */
export interface BootFate {
  /** Its agent never starts. */
  readonly fails?: boolean;
  /** EC2 takes it back before it ran. */
  readonly endsPending?: boolean;
  /** The agent starts, the runner's process ends at once, each time. */
  readonly runnerExits?: boolean;
  /** Beside the usual time. */
  readonly delaySeconds?: number;
  /** Its clock differs from ours by so much. */
  readonly skewSeconds?: number;
  /** Its clock is set, once, so long after its start, by so much. */
  readonly clockJump?: { readonly afterSeconds: number; readonly bySeconds: number };
}

/** Where an invocation dies: at its n-th call, before that has its effect or after. */
export interface Death {
  readonly atCall: number;
  readonly when: 'before' | 'after';
  /** Told when it comes to that. */
  readonly struck?: () => void;
}

/** What the forge's list says of a runner, whatever is true. */
export interface ListLie {
  readonly busy?: boolean;
  readonly online?: boolean;
  readonly absent?: boolean;
}

export interface RunnerTruth {
  readonly name: string;
  readonly instance: string | undefined;
  readonly isBusy: boolean;
  /** Since it began its job, or registered. */
  readonly sinceSeconds: number;
  readonly registeredSeconds: number;
}

/** How the forge removes a runner: though it works, or so that a job may still be handed to it for some seconds. */
export type RemovalFate = 'removes-busy' | { readonly handsOutSeconds: number };

/** What becomes of a job that was handed out, other than that it begins. */
export type AssignmentFate = 'not-taken-up' | 'only-said-to-run';

/** What the forge says of one job: that it knows of none, or what was true before its last change. */
export type JobLie = 'unknown' | 'before';

/** What a fault may do, asked at the points where it could happen. A fault answers some of them; undefined: all is well. */
export interface Trouble {
  readonly ofCall?: (call: Call) => CallTrouble | undefined;
  readonly ofDelivery?: (job: Job) => DeliveryFate | undefined;
  readonly ofBoot?: (instance: {
    readonly id: string;
    readonly fleet: string;
    readonly type: string;
  }) => BootFate | undefined;
  readonly ofInvocation?: (name: FunctionName) => Death | undefined;
  readonly ofLaunch?: (request: LaunchRequest) => LaunchTrouble | undefined;
  readonly ofListing?: (runner: RunnerTruth) => ListLie | undefined;
  /** How many machines a pool has to give. */
  readonly ofCapacity?: (place: Placement, market: Market) => number | undefined;
  /** A list of machines leaves this one out. */
  readonly ofMachineListing?: (machine: Instance) => 'absent' | undefined;
  /** The forge removes a runner although it works. */
  readonly ofRemoval?: (runner: RunnerTruth) => RemovalFate | undefined;
  /** `changedSeconds`: since its last change. */
  readonly ofJobRead?: (job: { readonly key: string; readonly changedSeconds: number }) => JobLie | undefined;
  /** A runner does not take up what it was given, though the forge may tell everybody that it runs. */
  readonly ofAssignment?: (runner: string) => AssignmentFate | undefined;
  /** What the forge's call meets instead of our function. */
  readonly ofEndpoint?: () => 'refuses' | 'hangs' | undefined;
  /** No function is run at all. */
  readonly ofControlPlane?: () => 'away' | undefined;
  /** Seconds, beside the usual. */
  readonly ofColdStart?: (name: FunctionName) => number | undefined;
  /** Seconds until what was sent is in the queue. */
  readonly ofSend?: () => number | undefined;
  readonly ofQueue?: () => 'duplicate' | undefined;
  /** Seconds, beside the usual, from the end's beginning to `terminated`. */
  readonly ofEnding?: (instance: string) => number | undefined;
  /** EventBridge tells nobody that this machine ended. */
  readonly ofStateChange?: (instance: string) => 'lost' | undefined;
}

export interface LaunchTrouble {
  /** At most so many come. */
  readonly limit?: number;
  readonly error?: LaunchError;
}

export type TroubleKind = keyof Trouble;
