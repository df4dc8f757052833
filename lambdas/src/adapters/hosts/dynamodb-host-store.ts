import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { inChunks } from '../../core/in-chunks.ts';
import { atMost } from '../aws/at-most.ts';
import type { Patience } from '../aws/back-off.ts';
import { attemptsOf, isFailedCondition } from '../dynamodb/dynamodb-errors.ts';
import { patientCall } from '../dynamodb/patient-call.ts';
import { untilProcessed } from '../dynamodb/until-processed.ts';
import { projection, readable, references, type StoredHost } from './dynamodb-host-row.ts';

export interface HostStoreOptions {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: Patience;
}

/** A change of a row that is there. */
export interface HostChange {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  /** Beside the row's being there; attributes as `#name`. */
  readonly condition?: string;
  /** Of the condition. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Whether a row shows this very change: an attempt whose answer was lost made the condition of the next one fail. */
  readonly isDone?: (row: StoredHost) => boolean;
}

export interface HostStore {
  /** Rows that are there stay as they are. */
  putNew(rows: readonly StoredHost[]): Promise<void>;
  /** False: there is no row, no key, or the condition does not hold. */
  change(key: string | undefined, change: HostChange): Promise<boolean>;
  read(keys: readonly string[]): Promise<readonly StoredHost[]>;
  remove(keys: readonly string[]): Promise<void>;
}

/** DynamoDB's own limits for one call. */
const keysPerGet = 100;
const deletesPerCall = 25;
const putsAtOnce = 25;
const batchesAtOnce = 8;

/** Rows of hosts by key, on DynamoDB. */
export function dynamodbHostStore({ client, tableName, clock }: HostStoreOptions): HostStore {
  const call = <Answer>(action: string, send: () => Promise<Answer>) => patientCall(clock, action, send);

  async function putNew(row: StoredHost): Promise<void> {
    const input = {
      TableName: tableName,
      Item: { ...row },
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: references(['pk']),
    };
    await unlessRefused(() => call('the row of a host', () => client.send(new PutCommand(input))));
  }

  async function readSome(keys: readonly string[]): Promise<readonly StoredHost[]> {
    const rows: StoredHost[] = [];
    await untilProcessed(clock, 'hosts', keys, async (left) => {
      const wanted = { Keys: left.map((pk) => ({ pk })), ConsistentRead: true, ...projection(readable) };
      const command = () => new BatchGetCommand({ RequestItems: { [tableName]: wanted } });
      const answer = await call('a read of hosts', () => client.send(command()));
      rows.push(...((answer.Responses?.[tableName] ?? []) as StoredHost[]));
      return (answer.UnprocessedKeys?.[tableName]?.Keys ?? []).map(({ pk }) => String(pk));
    });
    return rows;
  }

  async function removeSome(keys: readonly string[]): Promise<void> {
    await untilProcessed(clock, 'deleted hosts', keys, async (left) => {
      const deletes = left.map((pk) => ({ DeleteRequest: { Key: { pk } } }));
      const command = () => new BatchWriteCommand({ RequestItems: { [tableName]: deletes } });
      const answer = await call('the deletion of hosts', () => client.send(command()));
      return (answer.UnprocessedItems?.[tableName] ?? []).map((item) => String(item.DeleteRequest?.Key?.pk));
    });
  }

  const read: HostStore['read'] = async (keys) =>
    (await atMost(batchesAtOnce, batches(keys, keysPerGet), readSome)).flat();

  return {
    putNew: async (rows) => void (await atMost(putsAtOnce, rows, putNew)),
    change: async (key, change) => {
      if (key === undefined) return false;
      const input = { TableName: tableName, Key: { pk: key }, ...updateOf(change) };
      const refusal = await unlessRefused(() =>
        call('a change of a host', () => client.send(new UpdateCommand(input))),
      );
      if (refusal === undefined) return true;
      if (change.isDone === undefined || attemptsOf(refusal) === 1) return false;
      const [row] = await read([key]);
      return row !== undefined && change.isDone(row);
    },
    read,
    remove: async (keys) => void (await atMost(batchesAtOnce, batches(keys, deletesPerCall), removeSome)),
  };
}

/** What the call threw, if it is that its condition failed. */
async function unlessRefused(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (isFailedCondition(error)) return error;
    throw error;
  }
}

function updateOf({ set = {}, remove = [], condition, values = {} }: HostChange) {
  const sets = Object.keys(set).map((attribute) => `#${attribute} = :${attribute}`);
  const removals = remove.map((attribute) => `#${attribute}`);
  const clauses = [sets.length > 0 && `SET ${sets.join(', ')}`, removals.length > 0 && `REMOVE ${removals.join(', ')}`];
  const ConditionExpression = ['attribute_exists(#pk)', ...(condition ? [condition] : [])].join(' AND ');
  const judged = (ConditionExpression.match(/#\w+/g) ?? []).map((reference) => reference.slice(1));
  const given = { ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])), ...values };
  return {
    UpdateExpression: clauses.filter(Boolean).join(' '),
    ConditionExpression,
    ExpressionAttributeNames: references([...Object.keys(set), ...remove, ...judged]),
    ...(Object.keys(given).length > 0 && { ExpressionAttributeValues: given }),
  };
}

/** A batch names no row twice. */
const batches = (keys: readonly string[], size: number): readonly (readonly string[])[] =>
  inChunks([...new Set(keys)], size);
