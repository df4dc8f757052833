import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RunnerGrant } from '../../ports/forge.ts';
import type { OwnHost } from '../../ports/hosts.ts';
import { callError, isFailedCondition } from '../dynamodb/dynamodb-errors.ts';
import { grantStateOf, projection, readByHosts, references, type StoredHost } from './dynamodb-host-row.ts';

export interface DynamodbOwnHostOptions {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  /** `hostKey`: this instance's own row, which is all that its rights reach. */
  readonly key: string;
}

/**
 * One instance's side of the table. Its role allows it to get that row and to update what `writtenByHosts` names, and to
 * be answered with nothing but what an update replaced.
 */
export function dynamodbOwnHost({ client, tableName, key }: DynamodbOwnHostOptions): OwnHost {
  const row = { TableName: tableName, Key: { pk: key } };
  const failed = (error: unknown): unknown => callError('a call of this host', error);

  return {
    read: async () => {
      const command = new GetCommand({ ...row, ConsistentRead: true, ...projection(readByHosts) });
      const { Item } = await client.send(command).catch((error) => Promise.reject(failed(error)));
      if (Item === undefined) return 'absent';
      const stored = Item as StoredHost;
      return { grantState: grantStateOf(stored), ...(stored.ask && { ask: stored.ask }), policy: stored.policy };
    },

    takeGrant: async () => {
      const command = new UpdateCommand({
        ...row,
        UpdateExpression: 'SET #taken = :true REMOVE #grant',
        ConditionExpression: 'attribute_exists(#pk) AND attribute_exists(#grant)',
        ExpressionAttributeNames: references(['pk', 'grant', 'taken']),
        ExpressionAttributeValues: { ':true': true },
        ReturnValues: 'UPDATED_OLD',
      });
      try {
        const { Attributes } = await client.send(command);
        return (Attributes?.grant as RunnerGrant | undefined) ?? null;
      } catch (error) {
        if (isFailedCondition(error)) return null;
        throw failed(error);
      }
    },

    renew: async (lease) => {
      const command = new UpdateCommand({
        ...row,
        UpdateExpression: 'SET #lease = :lease',
        ConditionExpression: 'attribute_exists(#pk)',
        ExpressionAttributeNames: references(['pk', 'lease']),
        ExpressionAttributeValues: { ':lease': lease },
      });
      try {
        await client.send(command);
        return 'renewed';
      } catch (error) {
        if (isFailedCondition(error)) return 'absent';
        throw failed(error);
      }
    },
  };
}
