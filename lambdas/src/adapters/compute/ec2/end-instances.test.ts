import { expect, test } from '@jest/globals';
import { type Ec2Word, impatientEc2 } from '../../../../tests/doubles/scripted-ec2.ts';
import { textsAt } from '../../../../tests/engine/ec2-proxy/form.ts';
import { DeniedError, ThrottledError } from '../../../core/errors.ts';
import { manualClock } from '../../clock/manual-clock.ts';
import { memoryLog } from '../../log/memory-log.ts';
import { endInstances } from './end-instances.ts';

const done: Ec2Word = { says: { instancesSet: [] } };
const throttle: Ec2Word = { refuses: 'RequestLimitExceeded', status: 503 };

function start(...words: readonly Ec2Word[]) {
  const { client, calls } = impatientEc2(...words);
  const clock = { ...manualClock(), sleep: async () => {} };
  return {
    end: (ids: readonly string[]) => endInstances({ client, clock, log: memoryLog() }, ids),
    asked: () => calls.map((form) => textsAt(form, 'InstanceId')),
  };
}

test('machines end in batches, each once', async () => {
  const ids = Array.from({ length: 501 }, (_, index) => `i-${index}`);
  const { end, asked } = start(done, done);
  await end([...ids, 'i-0']);
  expect(asked().map((batch) => batch.length)).toEqual([500, 1]);
});

test('ending none makes no call', async () => {
  await start().end([]);
});

test('those that EC2 does not know are left out, and the others end', async () => {
  const because = "The instance IDs 'i-2, i-3' do not exist";
  const { end, asked } = start({ refuses: 'InvalidInstanceID.NotFound', because }, done);
  await end(['i-1', 'i-2', 'i-3']);
  expect(asked()).toEqual([['i-1', 'i-2', 'i-3'], ['i-1']]);
});

test('a batch of which EC2 knows nobody is done', async () => {
  const because = "The instance ID 'i-1' does not exist";
  await start({ refuses: 'InvalidInstanceID.NotFound', because }).end(['i-1']);
});

test('one that a person protected keeps no other alive, and is named', async () => {
  const because = "The instance 'i-2' may not be terminated. Modify its 'disableApiTermination' instance attribute.";
  const { end, asked } = start({ refuses: 'OperationNotPermitted', because }, done);
  await expect(end(['i-1', 'i-2'])).rejects.toThrow(
    new DeniedError('These machines are protected from termination, and run on: i-2.'),
  );
  expect(asked().at(-1)).toEqual(['i-1']);
});

test('a refusal that names no machine of ours is thrown, and not tried for ever', async () => {
  const because = "The instance ID 'i-9' does not exist";
  await expect(start({ refuses: 'InvalidInstanceID.NotFound', because }).end(['i-1'])).rejects.toThrow('i-9');
});

test('a throttle is waited for', async () => {
  const { end, asked } = start(throttle, throttle, done);
  await end(['i-1']);
  expect(asked()).toHaveLength(3);
});

test('a missing right is denied', async () => {
  await expect(start({ refuses: 'UnauthorizedOperation' }).end(['i-1'])).rejects.toThrow(DeniedError);
});

test('a throttle that does not pass is thrown as one', async () => {
  await expect(start(throttle, throttle, throttle, throttle).end(['i-1'])).rejects.toThrow(ThrottledError);
});
