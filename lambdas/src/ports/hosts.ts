import type { HostPolicy } from '../core/host-policy.ts';
import type { Instant } from '../core/instant.ts';
import type { Lane } from '../core/lane.ts';
import type { Ask, HostRow, Lease } from '../core/runner.ts';
import type { RunnerGrant } from './forge.ts';

export type { HostPolicy } from '../core/host-policy.ts';

/**
 * The table of hosts, from the control plane's side. A row belongs to its lane's fleet, whose machines have one role
 * between them: a lane of another fleet does not find it.
 */
export interface Hosts {
  /** Makes rows with grant state `none`; a row that exists stays as it is. */
  open(lane: Lane, instances: readonly { readonly instanceId: string; readonly policy: HostPolicy }[]): Promise<void>;
  /**
   * Reserves the minting for an instance until then, so that two passes never mint for the same one: true for the
   * caller that may. Refused unless the grant state is `none` and no other reservation holds at `now`.
   */
  reserve(lane: Lane, instanceId: string, now: Instant, until: Instant): Promise<boolean>;
  /** `none → given`. `refused`: there is no row, or it is past that; the grant must not be used. */
  give(lane: Lane, instanceId: string, grant: RunnerGrant): Promise<'given' | 'refused'>;
  /** `none | given → void`. `taken`: too late. `absent`: there is no row, so that nothing can be taken either. */
  void(lane: Lane, instanceId: string): Promise<'void' | 'taken' | 'absent'>;
  /** Rows by instance; the absent are absent. Consistent. */
  read(lane: Lane, instanceIds: readonly string[]): Promise<ReadonlyMap<string, HostRow>>;
  /** Tells the host; null takes it back. A row that is not there is left so. */
  ask(lane: Lane, instanceId: string, ask: Ask | null): Promise<void>;
  /** Deletes rows of machines that are gone. */
  close(lane: Lane, instanceIds: readonly string[]): Promise<void>;
}

/** An instance's own row: all that its rights reach. */
export interface OwnRow {
  readonly grantState: HostRow['grantState'];
  readonly ask?: Ask;
  readonly policy: HostPolicy;
}

export interface OwnHost {
  /** `absent`: there is no row (yet, or any more). Throws when the table cannot be reached. */
  read(): Promise<OwnRow | 'absent'>;
  /** `given → taken`, and the secret is cleared. Null: there is none to take. */
  takeGrant(): Promise<RunnerGrant | null>;
  /** Writes the lease into a row that exists; never makes one. */
  renew(lease: Lease): Promise<'renewed' | 'absent'>;
}
