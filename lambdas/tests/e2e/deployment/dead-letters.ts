import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Engine } from '../../engine/engine.ts';

/** Messages that nobody could handle. */
export async function countDeadLetters(engine: Engine, queueUrl: string): Promise<number> {
  const { url: endpoint, region, credentials } = engine;
  const sqs = new SQSClient({ endpoint, region, credentials });
  const attributes = { QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const] };
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand(attributes));
  return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
}
