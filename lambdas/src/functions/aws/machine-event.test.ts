import { expect, test } from '@jest/globals';
import { MalformedError } from '../../core/errors.ts';
import { sweepCallOf } from './machine-event.ts';

const instanceId = 'i-0123456789abcdef0';
const stateChange = 'EC2 Instance State-change Notification';

test.each(['aws.events', 'aws.scheduler'])('a schedule of %s calls for a whole sweep', (source) => {
  expect(sweepCallOf({ source, 'detail-type': 'Scheduled Event', detail: {} })).toEqual({ kind: 'schedule' });
});

test.each([
  [stateChange, { 'instance-id': instanceId, state: 'terminated' }],
  ['EC2 Spot Instance Interruption Warning', { 'instance-id': instanceId, 'instance-action': 'terminate' }],
])('%s calls for a look at its machine', (type, detail) => {
  expect(sweepCallOf({ source: 'aws.ec2', 'detail-type': type, detail })).toEqual({ kind: 'machine', instanceId });
});

test.each<[unknown, string]>([
  [undefined, 'an event without type'],
  [{}, 'an event without type'],
  [{ source: 'aws.ec2', 'detail-type': 'EBS Volume Notification', detail: {} }, '"EBS Volume Notification"'],
  [{ source: 'aws.ec2', 'detail-type': stateChange, detail: {} }, stateChange],
  [{ source: 'aws.ec2', 'detail-type': stateChange, detail: { 'instance-id': 'i-x; rm' } }, stateChange],
  [{ source: 'acme', 'detail-type': stateChange, detail: { 'instance-id': instanceId } }, stateChange],
  [{ source: 'acme', 'detail-type': 'Scheduled Event' }, 'Scheduled Event'],
])('%j is refused with a sentence', (event, named) => {
  expect(() => sweepCallOf(event)).toThrow(MalformedError);
  expect(() => sweepCallOf(event)).toThrow(named);
});
