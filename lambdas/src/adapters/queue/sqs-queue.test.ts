import { expect, test } from '@jest/globals';
import { type AwsAnswer, type AwsCall, scriptedAws } from '../../../tests/doubles/scripted-aws.ts';
import { DeniedError, ThrottledError } from '../../core/errors.ts';
import type { Request } from '../../ports/queue.ts';
import { sqsClient } from './sqs-client.ts';
import { sqsQueue } from './sqs-queue.ts';

const requests = (count: number): readonly Request[] =>
  Array.from({ length: count }, (_, index) => ({ lane: `lane-${index}/org:acme`, reason: 'job-queued' }));

/** A queue that is patient, but does not wait. */
function queueOn(answer: (call: AwsCall, earlier: number) => AwsAnswer) {
  const { calls, config } = scriptedAws(answer);
  const clock = { sleep: async () => {}, fraction: () => 0.5 };
  const client = sqsClient({ ...config, md5: false });
  const queue = sqsQueue({ client, queueUrl: 'https://sqs.eu-west-1.amazonaws.com/1/jobs', clock });
  return { queue, calls, entries: () => calls.flatMap(({ input }) => input.Entries) };
}

const accepted: AwsAnswer = { body: { Successful: [], Failed: [] } };
const failing = (SenderFault: boolean, ...ids: readonly string[]): AwsAnswer => ({
  body: { Failed: ids.map((Id) => ({ Id, SenderFault, Code: 'SomeCode', Message: 'Some words.' })) },
});

test('requests go ten a call, as JSON and nothing beside it', async () => {
  const { queue, calls, entries } = queueOn(() => accepted);
  await queue.send(requests(25), 0);
  expect(calls.map(({ input }) => input.Entries.length)).toEqual([10, 10, 5]);
  expect(entries().map(({ MessageBody }) => JSON.parse(MessageBody))).toEqual(requests(25));
  expect(entries()[0]).toEqual({ Id: '0', DelaySeconds: 0, MessageBody: expect.any(String) });
});

test.each([
  [0, 0],
  [0.2, 1],
  [30, 30],
  [899.5, 900],
])('a delay of %d s is one of %d whole seconds', async (asked, sent) => {
  const { queue, entries } = queueOn(() => accepted);
  await queue.send(requests(1), asked);
  expect(entries()[0].DelaySeconds).toBe(sent);
});

test.each([-1, 900.5, Number.NaN])('a delay of %d s is never sent', async (delay) => {
  const { queue, calls } = queueOn(() => accepted);
  await expect(queue.send(requests(1), delay)).rejects.toThrow(RangeError);
  expect(calls).toEqual([]);
});

test('what was not accepted is sent again, and nothing else', async () => {
  const { queue, calls } = queueOn((_, earlier) => (earlier === 0 ? failing(false, '1', '3') : accepted));
  await queue.send(requests(5), 0);
  const lanes = calls[1]?.input.Entries.map(({ MessageBody }: { MessageBody: string }) => JSON.parse(MessageBody).lane);
  expect(lanes).toEqual(['lane-1/org:acme', 'lane-3/org:acme']);
});

test('what is never accepted is an error', async () => {
  const { queue, calls } = queueOn(() => failing(false, '0'));
  await expect(queue.send(requests(2), 0)).rejects.toThrow(ThrottledError);
  expect(calls).toHaveLength(4);
});

test('what is our own fault is an error at once, with SQS’s words', async () => {
  const { queue, calls } = queueOn(() => failing(true, '0'));
  await expect(queue.send(requests(1), 0)).rejects.toThrow('SomeCode: Some words.');
  expect(calls).toHaveLength(1);
});

test('a connection that breaks is tried again', async () => {
  const { queue, calls } = queueOn((_, earlier) => (earlier === 0 ? 'broken' : accepted));
  await queue.send(requests(1), 0);
  expect(calls).toHaveLength(2);
});

test.each([
  ['ThrottlingException', 400, ThrottledError],
  ['InternalFailure', 500, ThrottledError],
  ['AccessDeniedException', 400, DeniedError],
])(
  '%s is sorted by what to do about it',
  async (error, status, sorted) => {
    const { queue } = queueOn(() => ({ error, status }));
    await expect(queue.send(requests(1), 0)).rejects.toThrow(sorted);
  },
  20_000,
);

test('nothing is sent by no call', async () => {
  const { queue, calls } = queueOn(() => accepted);
  await queue.send([], 0);
  expect(calls).toEqual([]);
});
