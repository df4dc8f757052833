import { type BatchResultErrorEntry, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { ThrottledError } from '../../core/errors.ts';
import { inChunks } from '../../core/in-chunks.ts';
import type { Queue, Request } from '../../ports/queue.ts';
import { atMost } from '../aws/at-most.ts';
import { backOff, type Patience } from '../aws/back-off.ts';
import { checkDelay } from './check-limits.ts';
import { bodyOf } from './sqs-delivery.ts';
import { callError } from './sqs-errors.ts';

export interface SqsQueueOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly clock: Patience;
}

/** SQS's own limit for one call. */
const requestsPerCall = 10;
const callsAtOnce = 5;
const triesLimit = 4;

/** The sending side of SQS. A request whose answer was lost may be sent twice, which does no harm. */
export function sqsQueue({ client, queueUrl, clock }: SqsQueueOptions): Queue {
  /** Sends a batch; of what SQS did not accept, what may succeed when it is sent again. */
  async function sendOnce(requests: readonly Request[], delaySeconds: number): Promise<readonly Request[]> {
    const Entries = requests.map((request, index) => ({
      Id: String(index),
      MessageBody: bodyOf(request),
      // Whole seconds, and no sooner than was asked for.
      DelaySeconds: Math.ceil(delaySeconds),
    }));
    const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries });
    const { Failed = [] } = await client.send(command).catch((error) => {
      throw callError(error);
    });
    const refused = Failed.find(({ SenderFault }) => SenderFault);
    if (refused) throw new Error(`SQS refused a request: ${wordsOf(refused)}`);
    const failed = new Set(Failed.map(({ Id }) => Id));
    return requests.filter((_, index) => failed.has(String(index)));
  }

  async function sendAll(requests: readonly Request[], delaySeconds: number): Promise<void> {
    let left = requests;
    for (let tries = 1; ; tries++) {
      left = await sendOnce(left, delaySeconds);
      if (left.length === 0) return;
      if (tries === triesLimit)
        throw new ThrottledError(`SQS did not accept ${left.length} of ${requests.length} requests.`);
      await backOff(clock, tries);
    }
  }

  return {
    send: async (requests, delaySeconds) => {
      checkDelay(delaySeconds);
      await atMost(callsAtOnce, inChunks(requests, requestsPerCall), (batch) => sendAll(batch, delaySeconds));
    },
  };
}

const wordsOf = ({ Code = 'no code', Message = '' }: BatchResultErrorEntry): string => `${Code}: ${Message}`;
