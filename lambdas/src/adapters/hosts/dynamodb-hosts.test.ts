import { describe, expect, test } from '@jest/globals';
import { grant, lane, machine } from '../../../tests/contracts/hosts-subject.ts';
import { type AwsAnswer, type AwsCall, scriptedAws } from '../../../tests/doubles/scripted-aws.ts';
import { ThrottledError } from '../../core/errors.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { dynamodbClient } from '../dynamodb/dynamodb-client.ts';
import { dynamodbHosts } from './dynamodb-hosts.ts';

const done: AwsAnswer = { body: {} };
const refused: AwsAnswer = { error: 'ConditionalCheckFailedException' };

/** Hosts that are patient, but do not wait. */
function hostsOn(answer: (call: AwsCall, earlier: number) => AwsAnswer, roleId: string | undefined = 'AROA') {
  const { calls, config } = scriptedAws(answer);
  const clock = { ...manualClock(), id: () => 'this-pass', sleep: async () => {} };
  const hosts = dynamodbHosts({ client: dynamodbClient(config), tableName: 'hosts', clock, roleIdOf: () => roleId });
  return { hosts, calls, actions: () => calls.map(({ action }) => action) };
}

const found = (row: object): AwsAnswer => ({ body: { Responses: { hosts: [{ pk: { S: 'AROA:i-1' }, ...row }] } } });

/** The update's first answer is lost, the second one finds its condition broken, and the row is then read. */
const afterLoss =
  (row: object) =>
  ({ action }: AwsCall, earlier: number): AwsAnswer =>
    action === 'BatchGetItem' ? found(row) : earlier === 0 ? 'broken' : refused;

describe('a change whose answer was lost', () => {
  test.each([
    ['this-pass', true],
    ['another-pass', false],
  ])('is found in the row by its own mark: reserved by %s', async (by, isOurs) => {
    const { hosts, actions } = hostsOn(afterLoss({ reservedBy: { S: by } }));
    expect(await hosts.reserve(lane, 'i-1', 1_000, 2_000)).toBe(isOurs);
    expect(actions()).toEqual(['UpdateItem', 'UpdateItem', 'BatchGetItem']);
  });

  test.each([
    ['a', 'given'],
    ['b', 'refused'],
  ])('is found in the row by its own mark: a registration named %s', async (name, outcome) => {
    const registration = { M: { id: { S: '7' }, name: { S: name } } };
    const { hosts } = hostsOn(afterLoss({ registration }));
    expect(await hosts.give(lane, 'i-1', grant('a'))).toBe(outcome);
  });

  test('is not looked for where no answer was lost', async () => {
    const { hosts, actions } = hostsOn(() => refused);
    expect(await hosts.reserve(lane, 'i-1', 1_000, 2_000)).toBe(false);
    expect(actions()).toEqual(['UpdateItem']);
  });
});

test('no change makes a row', async () => {
  const { hosts, calls } = hostsOn(() => done);
  await hosts.reserve(lane, 'i-1', 1_000, 2_000);
  await hosts.give(lane, 'i-1', grant('a'));
  await hosts.void(lane, 'i-1');
  await hosts.ask(lane, 'i-1', 'leave');
  await hosts.ask(lane, 'i-1', null);
  expect(calls).toHaveLength(5);
  for (const { input } of calls) expect(input.ConditionExpression).toContain('attribute_exists(#pk)');
});

test('a row tidies itself away a month after its machine must have ended', async () => {
  const { hosts, calls } = hostsOn(() => done);
  await hosts.open(lane, [machine('i-1')]);
  const item = calls.find(({ input }) => input.Item.pk.S === 'AROA:i-1')?.input.Item;
  const now = Math.ceil(manualClock().now() / 1000);
  expect(Number(item.expiresAt.N)).toBe(now + 86_400 + 30 * 86_400);
});

test('the role of a fleet is remembered once, and asked for only where configuration lacks it', async () => {
  const configured = hostsOn(() => done);
  await configured.hosts.open(lane, [machine('i-1')]);
  await configured.hosts.open(lane, [machine('i-2')]);
  expect(configured.actions()).toEqual(['PutItem', 'PutItem', 'PutItem']);

  const removed = hostsOn(
    ({ action }) => ({ body: action === 'GetItem' ? { Item: { roleId: { S: 'AROA' } } } : {} }),
    '',
  );
  await removed.hosts.read(lane, ['i-1']);
  await removed.hosts.read(lane, ['i-1']);
  expect(removed.actions()).toEqual(['GetItem', 'BatchGetItem', 'BatchGetItem']);
});

test('a read never asks for a secret, and goes on with what was left', async () => {
  const { hosts, calls } = hostsOn(({ input }, earlier) => {
    const { Keys } = input.RequestItems.hosts;
    if (earlier > 0) return { body: {} };
    return { body: { Responses: { hosts: [] }, UnprocessedKeys: { hosts: { Keys: Keys.slice(1) } } } };
  });
  await hosts.read(lane, ['i-1', 'i-2', 'i-3']);
  expect(calls.map(({ input }) => input.RequestItems.hosts.Keys.length)).toEqual([3, 2]);
  for (const { input } of calls) {
    const names = Object.values(input.RequestItems.hosts.ExpressionAttributeNames);
    expect(names).toContain('lease');
    expect(names).not.toContain('grant');
  }
});

test('rows are deleted by 25, again as long as some are left, and then that is a throttle', async () => {
  const ids = Array.from({ length: 30 }, (_, index) => `i-${index}`);
  const { hosts, calls } = hostsOn(() => done);
  await hosts.close(lane, ids);
  expect(calls.map(({ input }) => input.RequestItems.hosts.length)).toEqual([25, 5]);

  const stuck = hostsOn(({ input }) => ({ body: { UnprocessedItems: input.RequestItems } }));
  await expect(stuck.hosts.close(lane, ids)).rejects.toThrow(ThrottledError);
});

test('what DynamoDB throttles is told as that', async () => {
  const { hosts } = hostsOn(() => ({ error: 'ThrottlingException' }));
  await expect(hosts.ask(lane, 'i-1', 'leave')).rejects.toThrow(ThrottledError);
}, 20_000);
