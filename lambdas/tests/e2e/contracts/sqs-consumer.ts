import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { checkReceiveLimit } from '../../../src/adapters/queue/check-limits.ts';
import { deliveryOf } from '../../../src/adapters/queue/sqs-delivery.ts';
import type { Delivery, QueueConsumer } from '../../../src/ports/queue.ts';

const messagesPerCall = 10;

/** What the event source mapping does with a queue, by hand. */
export function sqsConsumer(client: SQSClient, queueUrl: string, deadLettersUrl: string): QueueConsumer {
  const handles = new Map<string, string>();

  async function receiveSome(limit: number): Promise<readonly Delivery[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(limit, messagesPerCall),
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
    });
    const { Messages = [] } = await client.send(command);
    return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }) => {
      handles.set(MessageId, ReceiptHandle);
      const ApproximateReceiveCount = Attributes?.ApproximateReceiveCount ?? 'none';
      return deliveryOf({ messageId: MessageId, body: Body, attributes: { ApproximateReceiveCount } });
    });
  }

  const countsOf = async (url: string) => {
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
    const { Attributes: counts = {} } = await client.send(command);
    return {
      waiting: Number(counts.ApproximateNumberOfMessages) + Number(counts.ApproximateNumberOfMessagesDelayed),
      hidden: Number(counts.ApproximateNumberOfMessagesNotVisible),
    };
  };

  return {
    receive: async (limit) => {
      checkReceiveLimit(limit);
      const deliveries: Delivery[] = [];
      for (let got = -1; got !== 0 && deliveries.length < limit; ) {
        const some = await receiveSome(limit - deliveries.length);
        deliveries.push(...some);
        got = some.length;
      }
      return deliveries;
    },
    acknowledge: async (receipts) => {
      for (const receipt of receipts) {
        const ReceiptHandle = handles.get(receipt);
        // Once: the engine, unlike SQS, calls a second deletion an error.
        if (ReceiptHandle === undefined || !handles.delete(receipt)) continue;
        await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      }
    },
    depth: async () => ({ ...(await countsOf(queueUrl)), dead: (await countsOf(deadLettersUrl)).waiting }),
  };
}
