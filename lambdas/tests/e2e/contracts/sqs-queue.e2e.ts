import { randomUUID } from 'node:crypto';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { sqsClient } from '../../../src/adapters/queue/sqs-client.ts';
import { sqsQueue } from '../../../src/adapters/queue/sqs-queue.ts';
import { queueContract } from '../../contracts/queue-contract.ts';
import { engine } from '../../engine/engine.ts';
import { sqsConsumer } from './sqs-consumer.ts';

const clock = systemClock();
const visibilitySeconds = 2;
const receiveLimit = 2;

/** A new queue as the module makes it, but with short times, and dead letters beside it. */
async function newQueue() {
  const { url, region, account, credentials } = engine();
  const client = sqsClient({ endpoint: url, region, credentials });
  const create = async (QueueName: string, Attributes = {}): Promise<string> =>
    (await client.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? 'none';
  const name = `jobs-${randomUUID()}`;
  const deadLettersUrl = await create(`${name}-dead`);
  const deadLetterTargetArn = `arn:aws:sqs:${region}:${account}:${name}-dead`;
  const queueUrl = await create(name, {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: receiveLimit }),
  });
  const queue = { ...sqsQueue({ client, queueUrl, clock }), ...sqsConsumer(client, queueUrl, deadLettersUrl) };
  return { queue, visibilitySeconds, receiveLimit, advance: clock.sleep };
}

queueContract({
  name: 'SQS',
  make: newQueue,
  skips: [
    {
      reason: 'nobody can move the clock of SQS, and a quarter of an hour is long: a second of delay stands below',
      tests: ['a delayed request is seen no sooner than its delay'],
    },
    {
      reason: 'its random waits would take an hour on a clock that nobody can move',
      tests: ['whatever is done, each request was acknowledged, is still there, or is dead'],
    },
  ],
});

test('a delayed request is seen no sooner than its delay, be it a part of a second', async () => {
  const { queue } = await newQueue();
  const sentAt = clock.now();
  await queue.send([{ lane: 'a', reason: 'job-queued' }], 0.4);
  expect(await queue.receive(1)).toEqual([]);
  expect(await queue.depth()).toEqual({ waiting: 1, hidden: 0, dead: 0 });
  while ((await queue.receive(1)).length === 0) await clock.sleep(0.05);
  expect(clock.now() - sentAt).toBeGreaterThanOrEqual(400);
});
