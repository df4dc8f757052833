import type { Instance, LaunchRequest, LaunchResult } from '../core/instance.ts';

export type {
  Instance,
  InstanceState,
  LaunchError,
  LaunchErrorKind,
  LaunchRequest,
  LaunchResult,
  Market,
  Placement,
} from '../core/instance.ts';

/** All of this deployment; or those of one launch; or those named; or of all these the ones that are not terminated. */
export interface InstanceFilter {
  readonly isAlive?: true;
  readonly launchId?: string;
  readonly ids?: readonly string[];
}

export interface Compute {
  /**
   * Asks for machines once. Throws `ThrottledError`, `DeniedError`, `TokenMismatchError`, or what it does not know; after
   * any of these the call may have taken effect: replay it, or settle by list.
   */
  launch(request: LaunchRequest): Promise<LaunchResult>;
  /** Ended machines stay listed as `terminated` for a while. Lists lag. It throws rather than leave out a page. */
  list(filter: InstanceFilter): AsyncIterable<Instance>;
  /** Ends machines; those already gone are no error. */
  end(ids: readonly string[], reason: string): Promise<void>;
}

/** The token was used for another request: settle by the launch id, never by a new call. */
export class TokenMismatchError extends Error {
  override readonly name = 'TokenMismatchError';
}
