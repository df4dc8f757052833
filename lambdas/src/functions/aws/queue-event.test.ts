import { expect, test } from '@jest/globals';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { memoryLog } from '../../adapters/log/memory-log.ts';
import { batchOf } from './queue-event.ts';

const record = (messageId: string, body: string): SQSRecord =>
  ({ messageId, body, attributes: { ApproximateReceiveCount: '2' } }) as SQSRecord;

test('a body that is no request fails alone, and is told by its message', () => {
  const log = memoryLog();
  const event: SQSEvent = {
    Records: [
      record('m1', '{"lane":"linux/org:acme","reason":"job-queued"}'),
      record('m2', 'hello'),
      record('m3', '{"lane":"linux/org:acme","reason":"slot-freed"}'),
    ],
  };
  const { deliveries, unreadable } = batchOf(event, log);
  expect(deliveries.map(({ receipt, receiveCount }) => [receipt, receiveCount])).toEqual([
    ['m1', 2],
    ['m3', 2],
  ]);
  expect(unreadable).toEqual(['m2']);
  expect(log.lines).toMatchObject([{ level: 'error', fields: { message: 'm2' } }]);
});
