import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Engine } from '../../engine/engine.ts';

export interface Stores {
  readonly ledgerTable: string;
  readonly hostsTable: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly deadLetterQueueUrl: string;
}

/** Longer than a function may take, six times, as AWS asks of a queue with a function behind it. */
const visibilityFactor = 6;
const receiveLimit = 10;

/** The two tables and the queue with its dead letters. */
export async function makeStores(engine: Engine, prefix: string, functionLimitSeconds: number): Promise<Stores> {
  const options = { endpoint: engine.url, region: engine.region, credentials: engine.credentials };
  const dynamodb = new DynamoDBClient(options);
  const sqs = new SQSClient(options);
  const ledgerTable = await makeTable(dynamodb, `${prefix}-ledger`, ['pk', 'sk']);
  const hostsTable = await makeTable(dynamodb, `${prefix}-hosts`, ['pk']);
  const dead = await makeQueue(sqs, `${prefix}-dead-letters`, {});
  const queue = await makeQueue(sqs, `${prefix}-queued-builds`, {
    VisibilityTimeout: String(functionLimitSeconds * visibilityFactor),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: receiveLimit }),
  });
  return { ledgerTable, hostsTable, queueUrl: queue.url, queueArn: queue.arn, deadLetterQueueUrl: dead.url };
}

async function makeTable(dynamodb: DynamoDBClient, name: string, keys: readonly string[]): Promise<string> {
  const input: CreateTableCommandInput = {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    KeySchema: keys.map((key, place) => ({ AttributeName: key, KeyType: place === 0 ? 'HASH' : 'RANGE' })),
  };
  await dynamodb.send(new CreateTableCommand(input));
  const expiry = { AttributeName: 'expiresAt', Enabled: true };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: expiry }));
  return name;
}

async function makeQueue(sqs: SQSClient, name: string, attributes: Record<string, string>) {
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  const read = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: read.Attributes?.QueueArn ?? '' };
}
