import type { Instant } from '../../core/instant.ts';
import { type Lane, laneKey } from '../../core/lane.ts';
import type { Ask, GrantState, HostRow, Lease } from '../../core/runner.ts';
import type { RunnerGrant } from '../../ports/forge.ts';
import type { HostPolicy, OwnRow } from '../../ports/hosts.ts';

/** A host's row as it is stored, by adapters that change a row under a lock. */
export interface HostRecord {
  readonly instanceId: string;
  readonly lane: string;
  readonly policy: HostPolicy;
  readonly grantState: GrantState;
  /** The secret: here only while the grant state is `given`. */
  readonly grant?: RunnerGrant;
  readonly registration?: HostRow['registration'];
  readonly reservedUntil?: Instant;
  readonly lease?: Lease;
  readonly ask?: Ask;
}

/** What becomes of a record; undefined: nothing, as the rule's condition does not hold. */
export type Rule = (record: HostRecord) => HostRecord | undefined;

export const opened =
  (lane: Lane) =>
  ({ instanceId, policy }: Pick<HostRecord, 'instanceId' | 'policy'>): HostRecord => ({
    instanceId,
    lane: laneKey(lane),
    policy,
    grantState: 'none',
  });

/** Whether a lane finds this record: it does if they are of one fleet. Asked of each row that is read, so no text is made. */
export const isFoundBy = ({ fleet }: Lane, { lane }: HostRecord): boolean =>
  lane.startsWith(fleet) && lane[fleet.length] === '/';

export const reserved =
  (now: Instant, until: Instant): Rule =>
  (record) =>
    record.grantState === 'none' && (record.reservedUntil ?? now) <= now
      ? { ...record, reservedUntil: until }
      : undefined;

export const given =
  (grant: RunnerGrant): Rule =>
  (record) =>
    record.grantState === 'none'
      ? {
          ...record,
          grantState: 'given',
          grant,
          registration: { id: grant.registration.id, name: grant.registration.name },
        }
      : undefined;

/** Void twice is void. */
export const voided: Rule = (record) =>
  record.grantState === 'taken' ? undefined : { ...withoutSecret(record), grantState: 'void' };

export const taken: Rule = (record) =>
  record.grantState === 'given' ? { ...withoutSecret(record), grantState: 'taken' } : undefined;

export const renewed =
  (lease: Lease): Rule =>
  (record) => ({ ...record, lease });

export const asked =
  (ask: Ask | null): Rule =>
  ({ ask: _before, ...record }) =>
    ask === null ? record : { ...record, ask };

/** What the control plane sees: without the secret. */
export function hostRowOf(record: HostRecord): HostRow {
  const { instanceId, lane, grantState, registration, lease, ask } = record;
  // A lane's rows are read all together, many times for each job: without an object for each field that may be absent.
  const row: { -readonly [Field in keyof HostRow]: HostRow[Field] } = { instanceId, lane, grantState };
  if (registration) row.registration = registration;
  if (lease) row.lease = lease;
  if (ask) row.ask = ask;
  return row;
}

/** What the host sees of itself: the secret comes by taking it alone. */
export function ownRowOf({ grantState, ask, policy }: HostRecord): OwnRow {
  return { grantState, ...(ask && { ask }), policy };
}

const withoutSecret = ({ grant: _secret, ...record }: HostRecord): HostRecord => record;
