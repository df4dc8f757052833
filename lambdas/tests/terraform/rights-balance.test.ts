import { expect, test } from '@jest/globals';
import { rightsOf, type UnseenRight, unbalancedRights } from './rights-balance.ts';

const table = (name: string): string => `arn:aws:dynamodb:eu-west-1:111111111111:table/${name}`;
const policies = [
  {
    Statement: [
      { Action: ['dynamodb:PutItem', 'dynamodb:Query'], Resource: table('my-team-ledger') },
      { Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111111111111:my-team-queued-builds' },
    ],
  },
];
const all = ['dynamodb:PutItem on my-team-ledger', 'dynamodb:Query on my-team-ledger', 'sqs:SendMessage'];
const balance = (seen: readonly string[], unseen: readonly UnseenRight[] = []): readonly string[] =>
  unbalancedRights({ role: 'sweep', policies, seen }, unseen);

test('a role that used what it may, and all of it, is right', () => {
  expect(balance(all)).toEqual([]);
});

test('what was used and is not allowed is told, by role and action', () => {
  expect(balance([...all, 'ec2:TerminateInstances'])).toEqual(['sweep used ec2:TerminateInstances, and may not']);
  expect(balance([...all, 'dynamodb:PutItem on my-team-hosts'])).toEqual([
    'sweep used dynamodb:PutItem on hosts, and may not',
  ]);
});

test('what is allowed and was never used is told, unless there is a reason for that role', () => {
  const told = 'sweep may use sqs:SendMessage, and never did: unseen-rights.json gives no reason';
  const reason = { rights: ['sqs:SendMessage'], reason: 'It does so on Sundays.' };
  expect(balance(all.slice(0, 2))).toEqual([told]);
  expect(balance(all.slice(0, 2), [{ ...reason, roles: ['webhook'] }])).toEqual([told]);
  expect(balance(all.slice(0, 2), [{ ...reason, roles: ['sweep'] }])).toEqual([]);
});

test('what other inputs would allow needs a reason as well, and excuses no use', () => {
  const fullest = [{ Statement: [{ Action: 'kms:Decrypt', Resource: 'arn:aws:kms:eu-west-1:111111111111:key/1' }] }];
  const told = (seen: readonly string[]) => unbalancedRights({ role: 'sweep', policies, fullest, seen }, []);
  expect(told(all)).toEqual(['sweep may use kms:Decrypt, and never did: unseen-rights.json gives no reason']);
  expect(told([...all, 'kms:Decrypt'])).toEqual(['sweep used kms:Decrypt, and may not']);
});

test('an action is a right on each table by itself', () => {
  const [one, other] = [table('ci-ledger'), table('ci-hosts')];
  const statement = { Action: 'dynamodb:GetItem', Resource: [one, other] };
  expect(rightsOf({ Statement: [statement] })).toEqual(['dynamodb:GetItem on ledger', 'dynamodb:GetItem on hosts']);
});
