import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodbClient } from '../../../src/adapters/dynamodb/dynamodb-client.ts';
import { engine } from '../../engine/engine.ts';

const configOf = (): DynamoDBClientConfig => {
  const { url, region, credentials } = engine();
  return { endpoint: url, region, credentials };
};

/** The adapters' own client, turned to the engine. */
export const engineClient = (config: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  dynamodbClient({ ...configOf(), ...config });

/** A new table with these key attributes, partition first; answers its name. */
export async function newTable(...keys: readonly string[]): Promise<string> {
  const TableName = `table-${randomUUID()}`;
  await new DynamoDBClient(configOf()).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    }),
  );
  return TableName;
}
