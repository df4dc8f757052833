import { expect, test } from '@jest/globals';
import { MalformedError } from '../../core/errors.ts';
import { bodyOf, deliveryOf } from './sqs-delivery.ts';

const record = (body: string) => ({ messageId: 'm-1', body, attributes: { ApproximateReceiveCount: '3' } });
const request = { lane: 'small/org:acme', reason: 'job-queued' };

test('a message is the request that was sent, with its id as receipt', () => {
  expect(deliveryOf(record(bodyOf(request)))).toEqual({ receipt: 'm-1', request, receiveCount: 3 });
});

test('what a later version may add is left out', () => {
  expect(deliveryOf(record(JSON.stringify({ ...request, more: 1 }))).request).toEqual(request);
});

test.each([
  '',
  'lane',
  'null',
  '[]',
  '"lane"',
  '{}',
  '{"lane":"","reason":"a"}',
  '{"lane":"a"}',
  '{"lane":1,"reason":"a"}',
])('a body that is no request is refused by the name of its message: %j', (body) => {
  expect(() => deliveryOf(record(body))).toThrow(MalformedError);
  expect(() => deliveryOf(record(body))).toThrow('m-1');
});
