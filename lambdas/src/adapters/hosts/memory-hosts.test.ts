import { expect, test } from '@jest/globals';
import { hostsContract } from '../../../tests/contracts/hosts-contract.ts';
import { grant, lane, machine } from '../../../tests/contracts/hosts-subject.ts';
import { memoryHosts } from './memory-hosts.ts';

hostsContract({
  name: 'memory hosts',
  make: () => {
    const hosts = memoryHosts();
    return { hosts, ownHost: hosts.ownHost };
  },
});

test('a take whose answer is lost has taken: nothing is given twice', async () => {
  const hosts = memoryHosts({
    ownHooks: () => ({
      after: ({ name }) => {
        if (name === 'takeGrant') throw new Error('lost');
      },
    }),
  });
  await hosts.open(lane, [machine('i-1')]);
  await hosts.give(lane, 'i-1', grant('a'));
  await expect(hosts.ownHost('i-1').takeGrant()).rejects.toThrow('lost');
  expect(await hosts.void(lane, 'i-1')).toBe('taken');
  expect(await hosts.give(lane, 'i-1', grant('b'))).toBe('refused');
});

test('the secret is stored only while it waits to be taken', async () => {
  const hosts = memoryHosts();
  await hosts.open(lane, [machine('i-1')]);
  await hosts.give(lane, 'i-1', grant('a'));
  expect(JSON.stringify(hosts.records())).toContain('secret-of-a');
  await hosts.ownHost('i-1').takeGrant();
  expect(JSON.stringify(hosts.records())).not.toContain('secret-of-a');
});
