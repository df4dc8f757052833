import { createHash, randomUUID } from 'node:crypto';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { inChunks } from '../../core/in-chunks.ts';
import { atMost } from '../aws/at-most.ts';
import type { Patience } from '../aws/back-off.ts';
import { failedConditions, isUsedToken } from '../dynamodb/dynamodb-errors.ts';
import { patientCall } from '../dynamodb/patient-call.ts';
import { untilProcessed } from '../dynamodb/until-processed.ts';
import { checkWrites, pageSize } from './check-writes.ts';
import { transactItem } from './dynamodb-writes.ts';
import type { Attributes, Key, Outcome, Row, Table, Write } from './table.ts';

export interface DynamodbTableOptions {
  readonly client: DynamoDBDocumentClient;
  /** A table whose partition key is `pk` and whose sort key is `sk`, both texts. */
  readonly tableName: string;
  readonly clock: Patience;
}

/** DynamoDB's own limit for one call. */
const keysPerGet = 100;
const getsAtOnce = 8;

/** The ledger's table on DynamoDB. Reads are consistent; names are always references, as any may be a reserved word. */
export function dynamodbTable({ client, tableName, clock }: DynamodbTableOptions): Table {
  async function getSome(keys: readonly Key[]): Promise<readonly Row[]> {
    const rows: Row[] = [];
    await untilProcessed(clock, 'a read', keys, async (left) => {
      const request = { [tableName]: { Keys: left.map((key) => ({ ...key })), ConsistentRead: true } };
      const answer = await patientCall(clock, 'a read', () =>
        client.send(new BatchGetCommand({ RequestItems: request })),
      );
      rows.push(...(answer.Responses?.[tableName] ?? []).map(rowOf));
      return (answer.UnprocessedKeys?.[tableName]?.Keys ?? []).map(keyOf);
    });
    return rows;
  }

  /** With a token even where the caller has none: an attempt whose answer was lost is then not made twice. */
  async function transaction(writes: readonly Write[], token: string = randomUUID()): Promise<Outcome> {
    const input = {
      TransactItems: writes.map((write) => transactItem(tableName, write)),
      ClientRequestToken: requestToken(tableName, token),
    };
    try {
      await patientCall(clock, 'a transaction', () => client.send(new TransactWriteCommand(input)));
      return { kind: 'written' };
    } catch (error) {
      // The token was used for other writes, within ten minutes: those were written, and these are not.
      if (isUsedToken(error)) return { kind: 'written' };
      const failed = failedConditions(error);
      if (failed === undefined) throw error;
      return { kind: 'refused', failed };
    }
  }

  return {
    get: async (keys) => (await atMost(getsAtOnce, inChunks(distinct(keys), keysPerGet), getSome)).flat(),
    query: async (pk, { skPrefix = '', after, limit } = {}) => {
      const input = {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: skPrefix === '' ? '#pk = :pk' : '#pk = :pk AND begins_with(#sk, :prefix)',
        ExpressionAttributeNames: { '#pk': 'pk', ...(skPrefix !== '' && { '#sk': 'sk' }) },
        ExpressionAttributeValues: { ':pk': pk, ...(skPrefix !== '' && { ':prefix': skPrefix }) },
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
        ...(limit !== undefined && { Limit: pageSize(limit, limit) }),
      };
      const answer = await patientCall(clock, 'a query', () => client.send(new QueryCommand(input)));
      const { Items = [], LastEvaluatedKey } = answer;
      return { rows: Items.map(rowOf), ...(LastEvaluatedKey && { next: keyOf(LastEvaluatedKey).sk }) };
    },
    transact: async (writes, token) => {
      checkWrites(writes);
      const [only] = writes;
      if (only === undefined || writes.length > 1 || token !== undefined || !isRepeatable(only)) {
        return transaction(writes, token);
      }
      await patientCall(clock, 'a write', () => writeAlone(client, tableName, only));
      return { kind: 'written' };
    },
  };
}

/**
 * A write that may be made twice, should its answer be lost, costs half as much outside a transaction. A condition would
 * then find the first one's effect and say that nothing was written; an addition would be made twice.
 */
const isRepeatable = (write: Write): boolean =>
  !write.if?.length && write.kind !== 'check' && !(write.kind === 'update' && Object.keys(write.add ?? {}).length > 0);

async function writeAlone(client: DynamoDBDocumentClient, tableName: string, write: Write): Promise<void> {
  const { Put, Update, Delete } = transactItem(tableName, write);
  if (Put) await client.send(new PutCommand(Put));
  if (Update) await client.send(new UpdateCommand(Update));
  if (Delete) await client.send(new DeleteCommand(Delete));
}

/** DynamoDB takes 36 characters, and remembers them for the account: the same token may be used in each table. */
const requestToken = (tableName: string, token: string): string =>
  createHash('sha256')
    .update(JSON.stringify([tableName, token]))
    .digest('hex')
    .slice(0, 36);

/** A batch names no row twice. */
const distinct = (keys: readonly Key[]): readonly Key[] => [
  ...new Map(keys.map((key) => [JSON.stringify([key.pk, key.sk]), key])).values(),
];

const keyOf = ({ pk, sk }: Readonly<Record<string, unknown>>): Key => ({ pk: String(pk), sk: String(sk) });

function rowOf({ pk, sk, ...attributes }: Readonly<Record<string, unknown>>): Row {
  return { key: keyOf({ pk, sk }), attributes: attributes as Attributes };
}
