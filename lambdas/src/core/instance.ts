import type { Instant } from './instant.ts';

export type Market = 'spot' | 'on-demand';

/** A place a machine can come from. */
export interface Placement {
  readonly type: string;
  readonly zone: string;
}

/** One launch step. It is stored before the call and replayed as it stands, so it is plain data. */
export interface LaunchRequest {
  /** Idempotency: the same token with the same request answers the same; with another one it is refused. */
  readonly token: string;
  /** Stands on each machine as a tag, from the moment of its launch. */
  readonly launchId: string;
  readonly lane: string;
  readonly fleet: string;
  readonly count: number;
  readonly market: Market;
  /** One per (type, zone), in order of preference. */
  readonly placements: readonly Placement[];
}

/** Sorted by what to do: elsewhere or later · a person raises it · later · a person mends it · a person grants it · retry. */
export type LaunchErrorKind = 'capacity' | 'quota' | 'throttle' | 'configuration' | 'permission' | 'unknown';

export interface LaunchError {
  readonly kind: LaunchErrorKind;
  readonly message: string;
  /** Where, if the provider said so. */
  readonly placement?: Placement;
}

export type InstanceState = 'pending' | 'running' | 'stopping' | 'terminated';

export interface Instance {
  readonly id: string;
  readonly lane: string;
  readonly fleet: string;
  readonly launchId: string;
  readonly state: InstanceState;
  readonly launchedAt: Instant;
  readonly type: string;
  readonly zone: string;
  readonly market: Market;
  /** Why it ended, where the provider knows. */
  readonly endReason?: string;
  /** The tag `ghr:bypass-removal`: a person wants it kept. */
  readonly bypassRemoval: boolean;
  /** The provider's own status check calls the machine impaired. */
  readonly impaired: boolean;
}

/** The machines that came, and why others did not. Fewer than asked for is an answer, not an error. */
export interface LaunchResult {
  readonly instances: readonly Instance[];
  readonly errors: readonly LaunchError[];
}
