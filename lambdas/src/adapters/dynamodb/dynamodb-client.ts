import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientLimits } from '../aws/limited-client.ts';

/** DynamoDB answers in milliseconds; a transaction of a hundred rows in tens of them. */
const requestSeconds = 4;

/** One for all tables of a process, so that they share its connections. Region and rights come from the environment. */
export function dynamodbClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({ ...clientLimits({ requestSeconds }), ...config });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
