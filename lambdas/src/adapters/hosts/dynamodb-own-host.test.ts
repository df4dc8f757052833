import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { grant, lease, policy } from '../../../tests/contracts/hosts-subject.ts';
import { type AwsAnswer, type AwsCall, scriptedAws } from '../../../tests/doubles/scripted-aws.ts';
import { DeniedError } from '../../core/errors.ts';
import { dynamodbClient } from '../dynamodb/dynamodb-client.ts';
import { readByHosts, writtenByHosts } from './dynamodb-host-row.ts';
import { dynamodbOwnHost } from './dynamodb-own-host.ts';

const key = 'AROA:i-1';

function ownHostOn(answer: (call: AwsCall, earlier: number) => AwsAnswer) {
  const { calls, config } = scriptedAws(answer);
  return { own: dynamodbOwnHost({ client: dynamodbClient(config), tableName: 'hosts', key }), calls };
}

const namesIn = ({ input }: AwsCall): readonly string[] => Object.values(input.ExpressionAttributeNames);

test('asks for nothing that the policy of its role does not name', async () => {
  const { own, calls } = ownHostOn(() => ({ body: {} }));
  await own.read();
  await own.takeGrant();
  await own.renew(lease);
  expect(calls.map(({ action }) => action)).toEqual(['GetItem', 'UpdateItem', 'UpdateItem']);
  expect(calls.every(({ input }) => input.Key.pk.S === key)).toBe(true);
  const [read, ...updates] = calls as [AwsCall, ...AwsCall[]];
  expect(new Set(namesIn(read))).toEqual(new Set(readByHosts));
  expect(new Set(updates.flatMap(namesIn))).toEqual(new Set(writtenByHosts));
  expect(updates.map(({ input }) => input.ReturnValues)).toEqual(['UPDATED_OLD', undefined]);
});

test('cannot write what tells the control plane that something was minted', () => {
  expect(writtenByHosts).not.toContain('registration');
  expect(writtenByHosts).not.toContain('voided');
});

test('may write, by the policy that Terraform gives its role, exactly what it writes', () => {
  const policyFile = new URL('../../../../modules/runners/policy.tf', import.meta.url);
  const [, list = ''] = /own_attributes\s*=\s*\[(.*?)\]/s.exec(readFileSync(policyFile, 'utf8')) ?? [];
  expect(new Set(list.match(/\w+/g))).toEqual(new Set(writtenByHosts));
});

test('gets the grant with the update that takes it away', async () => {
  const { registration, singleUse, boot } = grant('a');
  const stored = {
    registration: { M: { id: { S: registration.id }, name: { S: registration.name } } },
    singleUse: { BOOL: singleUse },
    boot: { M: { argv: { L: boot.argv.map((S) => ({ S })) }, env: { M: { RUNNER_NAME: { S: 'a' } } } } },
  };
  const { own } = ownHostOn(() => ({ body: { Attributes: { grant: { M: stored } } } }));
  expect(await own.takeGrant()).toEqual(grant('a'));
});

test('whose row is not there, or not yet, is told so', async () => {
  const { own } = ownHostOn(({ action }) =>
    action === 'GetItem' ? { body: {} } : { error: 'ConditionalCheckFailedException' },
  );
  expect(await own.read()).toBe('absent');
  expect(await own.takeGrant()).toBeNull();
  expect(await own.renew(lease)).toBe('absent');
});

test('does not take a refusal for a row that is gone', async () => {
  const { own } = ownHostOn(() => ({ error: 'AccessDeniedException' }));
  for (const call of [own.read, own.takeGrant, () => own.renew(lease)]) {
    await expect(call()).rejects.toThrow(DeniedError);
  }
});

test('reads its policy and what it is asked', async () => {
  const numbers = Object.entries(policy).map(([name, value]) => [name, { N: String(value) }]);
  const Item = {
    pk: { S: key },
    policy: { M: Object.fromEntries(numbers) },
    ask: { S: 'leave' },
    voided: { BOOL: true },
  };
  const { own } = ownHostOn(() => ({ body: { Item } }));
  expect(await own.read()).toEqual({ grantState: 'void', ask: 'leave', policy });
});
