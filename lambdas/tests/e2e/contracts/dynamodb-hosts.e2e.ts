import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { hostKey } from '../../../src/adapters/hosts/dynamodb-host-row.ts';
import { dynamodbHosts } from '../../../src/adapters/hosts/dynamodb-hosts.ts';
import { dynamodbOwnHost } from '../../../src/adapters/hosts/dynamodb-own-host.ts';
import { hostsContract } from '../../contracts/hosts-contract.ts';
import { grant, lane, machine, otherFleet, policy } from '../../contracts/hosts-subject.ts';
import { engineClient, newTable } from './new-tables.ts';

const clock = systemClock();
const roleIds: Readonly<Record<string, string>> = { small: 'AROASMALL', large: 'AROALARGE' };

async function newHosts() {
  const tableName = await newTable('pk');
  const client = engineClient();
  const hostsKnowing = (fleets: Readonly<Record<string, string>>) =>
    dynamodbHosts({ client, tableName, clock, roleIdOf: (fleet) => fleets[fleet] });
  const ownHost = (instanceId: string) =>
    dynamodbOwnHost({ client, tableName, key: hostKey(roleIds.small ?? '', instanceId) });
  return { hosts: hostsKnowing(roleIds), ownHost, hostsKnowing };
}

hostsContract({ name: 'DynamoDB hosts', make: newHosts });

test('machines of a fleet that was removed from the configuration are still found', async () => {
  const { hosts, ownHost, hostsKnowing } = await newHosts();
  await hosts.open(lane, [machine('i-1')]);
  const later = hostsKnowing({});
  await later.open(lane, [machine('i-2')]);
  expect([...(await later.read(lane, ['i-1', 'i-2'])).keys()].sort()).toEqual(['i-1', 'i-2']);
  expect(await later.give(lane, 'i-1', grant('a'))).toBe('given');
  expect(await ownHost('i-1').takeGrant()).toEqual(grant('a'));
  await later.close(lane, ['i-1']);
  expect(await ownHost('i-1').read()).toBe('absent');
  // Of a fleet that never had a machine nothing is known, and nothing fails.
  await later.open(otherFleet, [machine('i-3')]);
  expect((await later.read(otherFleet, ['i-3'])).size).toBe(0);
});

test('a hundred and fifty machines are opened, read and closed', async () => {
  const { hosts } = await newHosts();
  const ids = Array.from({ length: 150 }, (_, index) => `i-${index}`);
  await hosts.open(lane, ids.map(machine));
  expect([...(await hosts.read(lane, [...ids, 'i-0'])).keys()].sort()).toEqual([...ids].sort());
  await hosts.close(lane, [...ids, 'i-0']);
  expect((await hosts.read(lane, ids)).size).toBe(0);
});

test('a host whose row says more than it knows is told its policy and no secret', async () => {
  const { hosts, ownHost } = await newHosts();
  await hosts.open(lane, [machine('i-1')]);
  await hosts.reserve(lane, 'i-1', 0, 1_000);
  await hosts.give(lane, 'i-1', grant('a'));
  expect(await ownHost('i-1').read()).toEqual({ grantState: 'given', policy });
});
