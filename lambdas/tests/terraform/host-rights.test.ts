import { expect, test } from '@jest/globals';
import { hostKey, readable, writtenByHosts } from '../../src/adapters/hosts/dynamodb-host-row.ts';
import { type AskedRight, account, isAllowed } from './iam-evaluator.ts';

const roleId = 'AROAEXAMPLE123456789';
const [one, other] = ['i-0123456789abcdef0', 'i-0fedcba9876543210'].map((id) => hostKey(roleId, id)) as [
  string,
  string,
];
const hosts = `arn:aws:dynamodb:eu-central-1:${account}:table/ci-hosts`;
const ledger = `arn:aws:dynamodb:eu-central-1:${account}:table/ci-ledger`;

const call = (action: string, who: string, keys: readonly string[], more: AskedRight['context'] = {}): AskedRight => ({
  action: `dynamodb:${action}`,
  resource: hosts,
  context: { 'aws:userid': who, ...(keys.length > 0 && { 'dynamodb:LeadingKeys': keys }), ...more },
});
const update = (who: string, key: string, attributes: readonly string[], returned = 'NONE'): AskedRight =>
  call('UpdateItem', who, [key], { 'dynamodb:Attributes': attributes, 'dynamodb:ReturnValues': returned });
const allowed = (asked: AskedRight): Promise<boolean> => isAllowed('runner', asked);

const lease = ['pk', 'lease'];
const taking = ['pk', 'grant', 'taken'];
const pairs = [
  [one, other],
  [other, one],
] as const;

test.each(pairs)('%s reads its own row, renews its lease and takes its grant', async (me) => {
  expect(await allowed(call('GetItem', me, [me]))).toBe(true);
  expect(await allowed(update(me, me, lease))).toBe(true);
  expect(await allowed(update(me, me, taking, 'UPDATED_OLD'))).toBe(true);
});

test.each(pairs)('%s sees nothing of %s, however it asks', async (me, stranger) => {
  expect(await allowed(call('GetItem', me, [stranger]))).toBe(false);
  expect(await allowed(call('GetItem', me, [me, stranger]))).toBe(false);
  expect(await allowed(call('GetItem', me, []))).toBe(false);
  for (const attributes of [lease, taking]) {
    for (const returned of ['NONE', 'UPDATED_OLD', 'ALL_OLD', 'ALL_NEW', 'UPDATED_NEW']) {
      expect(await allowed(update(me, stranger, attributes, returned))).toBe(false);
    }
  }
});

test('no call but these two reaches the tables', async () => {
  const others = ['BatchGetItem', 'Query', 'PutItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem'];
  for (const action of others) {
    expect([action, await allowed(call(action, one, [one]))]).toEqual([action, false]);
    expect([action, await allowed(call(action, one, [other]))]).toEqual([action, false]);
  }
  expect(await allowed({ action: 'dynamodb:Scan', resource: hosts, context: { 'aws:userid': one } })).toBe(false);
  for (const action of ['GetItem', 'UpdateItem', 'Query', 'PutItem']) {
    expect(await allowed({ ...call(action, one, [one]), resource: ledger })).toBe(false);
  }
});

test('it writes nothing of its own row but its lease and what it takes', async () => {
  const written: readonly string[] = writtenByHosts;
  const refused = [...readable.filter((attribute) => !written.includes(attribute)), 'expiresAt', 'anythingElse'];
  for (const attribute of refused) {
    expect([attribute, await allowed(update(one, one, ['pk', attribute]))]).toEqual([attribute, false]);
    expect([attribute, await allowed(update(one, one, [...lease, attribute]))]).toEqual([attribute, false]);
  }
  expect(await allowed(call('UpdateItem', one, [one]))).toBe(false);
});

test('an update answers nothing but what it replaced', async () => {
  for (const returned of ['ALL_OLD', 'ALL_NEW', 'UPDATED_NEW']) {
    expect([returned, await allowed(update(one, one, taking, returned))]).toEqual([returned, false]);
  }
});
