import type { GrantState, HostRow } from '../../core/runner.ts';
import type { HostPolicy } from '../../ports/hosts.ts';

/** An instance's own `aws:userid`, so that a policy can hold it to its own row. */
export const hostKey = (roleId: string, instanceId: string): string => `${roleId}:${instanceId}`;

/**
 * A host's row, without its secret, `grant`. No attribute holds the grant's state: a host writes `taken` alone, and what
 * the control plane decides on, `registration` and `voided`, is beyond its reach. A job, which shares the host's rights,
 * cannot make a row look as if nothing was ever minted for it.
 */
export interface StoredHost {
  readonly pk: string;
  readonly instanceId: string;
  readonly lane: string;
  readonly policy: HostPolicy;
  readonly registration?: HostRow['registration'];
  readonly voided?: true;
  readonly taken?: true;
  readonly reservedBy?: string;
  readonly lease?: HostRow['lease'];
  readonly ask?: HostRow['ask'];
}

/** What is read of a row: never the secret, which comes by taking it. */
export const readable = [
  'pk',
  'instanceId',
  'lane',
  'policy',
  'registration',
  'voided',
  'taken',
  'reservedBy',
  'lease',
  'ask',
] as const satisfies readonly (keyof StoredHost)[];

/** What a host's own updates name, for the policy of its role: its key, what it takes, and its lease. */
export const writtenByHosts = ['pk', 'grant', 'taken', 'lease'] as const;

/** What a host's own reads name. */
export const readByHosts = [
  'pk',
  'policy',
  'registration',
  'voided',
  'taken',
  'ask',
] as const satisfies readonly (keyof StoredHost)[];

export function grantStateOf({ taken, voided, registration }: Partial<StoredHost>): GrantState {
  if (taken) return 'taken';
  if (voided) return 'void';
  return registration ? 'given' : 'none';
}

export function hostRowOf(stored: StoredHost): HostRow {
  const { instanceId, lane, registration, lease, ask } = stored;
  return {
    instanceId,
    lane,
    grantState: grantStateOf(stored),
    ...(registration && { registration }),
    ...(lease && { lease }),
    ...(ask && { ask }),
  };
}

/** References to attributes, as any of their names may be a reserved word: `{ '#ask': 'ask' }`. */
export const references = (attributes: readonly string[]): Record<string, string> =>
  Object.fromEntries(attributes.map((attribute) => [`#${attribute}`, attribute]));

/** These attributes and no other. */
export const projection = (attributes: readonly string[]) => ({
  ProjectionExpression: Object.keys(references(attributes)).join(', '),
  ExpressionAttributeNames: references(attributes),
});
