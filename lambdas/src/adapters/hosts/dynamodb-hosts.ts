import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Lane, laneKey } from '../../core/lane.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Hosts } from '../../ports/hosts.ts';
import { dynamodbFleetRoles } from './dynamodb-fleet-roles.ts';
import { hostKey, hostRowOf, type StoredHost } from './dynamodb-host-row.ts';
import { dynamodbHostStore } from './dynamodb-host-store.ts';

export interface DynamodbHostsOptions {
  readonly client: DynamoDBDocumentClient;
  /** A table whose only key, `pk`, is a text. */
  readonly tableName: string;
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'fraction' | 'id'>;
  /** The unique id of the role of a fleet's machines; undefined: the fleet is no longer configured. */
  readonly roleIdOf: (fleet: string) => string | undefined;
}

/** A row that nobody closed outlives its machine's hard limit by this long, and then tidies itself away. */
const tidyDays = 30;

/**
 * The control plane's side of the table: one conditional update a change, and none but the first makes a row, so that a
 * closed one is never reborn.
 */
export function dynamodbHosts({ client, tableName, clock, roleIdOf }: DynamodbHostsOptions): Hosts {
  const roles = dynamodbFleetRoles(client, tableName, roleIdOf);
  const store = dynamodbHostStore({ client, tableName, clock });
  const keysOf = async (lane: Lane, instanceIds: readonly string[]): Promise<readonly string[]> => {
    if (instanceIds.length === 0) return [];
    const roleId = await roles.of(lane.fleet);
    return roleId === undefined ? [] : instanceIds.map((instanceId) => hostKey(roleId, instanceId));
  };
  /** Undefined: there is no such row. */
  const keyOf = async (lane: Lane, instanceId: string): Promise<string | undefined> =>
    (await keysOf(lane, [instanceId]))[0];

  return {
    open: async (lane, instances) => {
      const roleId = await roles.keep(lane.fleet);
      // Its machines have no key that could be known: they find no row, and end by that.
      if (roleId === undefined) return;
      await store.putNew(
        instances.map(({ instanceId, policy }): StoredHost & { readonly expiresAt: number } => ({
          pk: hostKey(roleId, instanceId),
          instanceId,
          lane: laneKey(lane),
          policy,
          expiresAt: Math.ceil(clock.now() / 1000) + policy.hardLimitSeconds + tidyDays * 86_400,
        })),
      );
    },

    reserve: async (lane, instanceId, now, until) => {
      const key = await keyOf(lane, instanceId);
      const reservedBy = clock.id();
      return store.change(key, {
        set: { reservedUntil: until, reservedBy },
        condition: `${nothingMinted} AND (attribute_not_exists(#reservedUntil) OR #reservedUntil <= :now)`,
        values: { ':now': now },
        isDone: (row) => row.reservedBy === reservedBy,
      });
    },

    give: async (lane, instanceId, grant) => {
      const key = await keyOf(lane, instanceId);
      const { id, name } = grant.registration;
      const isGiven = await store.change(key, {
        set: { grant, registration: { id, name } },
        condition: nothingMinted,
        isDone: ({ registration }) => registration?.id === id && registration.name === name,
      });
      return isGiven ? 'given' : 'refused';
    },

    void: async (lane, instanceId) => {
      const key = await keyOf(lane, instanceId);
      const change = { set: { voided: true }, remove: ['grant'], condition: 'attribute_not_exists(#taken)' };
      if (await store.change(key, change)) return 'void';
      const [row] = await store.read(key === undefined ? [] : [key]);
      return row === undefined ? 'absent' : 'taken';
    },

    read: async (lane, instanceIds) => {
      const rows = await store.read(await keysOf(lane, instanceIds));
      return new Map(rows.map((row) => [row.instanceId, hostRowOf(row)]));
    },

    ask: async (lane, instanceId, ask) => {
      const key = await keyOf(lane, instanceId);
      await store.change(key, ask === null ? { remove: ['ask'] } : { set: { ask } });
    },

    close: async (lane, instanceIds) => store.remove(await keysOf(lane, instanceIds)),
  };
}

const nothingMinted = 'attribute_not_exists(#registration) AND attribute_not_exists(#voided)';
