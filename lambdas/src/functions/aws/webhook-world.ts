import { dynamodbClient } from '../../adapters/dynamodb/dynamodb-client.ts';
import { githubWebhooks } from '../../adapters/forge/github/github-webhooks.ts';
import { dynamodbTable } from '../../adapters/ledger/dynamodb-table.ts';
import { tableLedger } from '../../adapters/ledger/table-ledger.ts';
import { sqsClient } from '../../adapters/queue/sqs-client.ts';
import { sqsQueue } from '../../adapters/queue/sqs-queue.ts';
import { webhookSecretsOf } from '../../core/forge-secrets.ts';
import type { WebhookWorld } from '../webhook/webhook.ts';
import type { Started } from './cold-start.ts';

/** The webhook's ports on AWS. It imports no client that it does not call, as each makes its cold start longer. */
export function webhookWorld({ config, aws, timing, readSecret, clock, log, traced }: Started): WebhookWorld {
  const table = dynamodbTable({ client: traced(dynamodbClient()), tableName: aws.ledgerTable, clock });
  return {
    config,
    timing,
    forge: githubWebhooks(webhookSecretsOf(config.forge, readSecret)),
    ledger: tableLedger(table, timing.tombstoneSeconds),
    queue: sqsQueue({ client: traced(sqsClient()), queueUrl: aws.queueUrl, clock }),
    clock,
    log,
  };
}
