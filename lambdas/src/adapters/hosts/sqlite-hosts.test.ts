import { expect, test } from '@jest/globals';
import { hostsContract } from '../../../tests/contracts/hosts-contract.ts';
import { grant, lane, lease, machine } from '../../../tests/contracts/hosts-subject.ts';
import { scratchPaths } from '../../../tests/scratch/scratch-path.ts';
import { sqliteHosts } from './sqlite-hosts.ts';

const scratch = scratchPaths();

hostsContract({
  name: 'SQLite hosts',
  make: () => {
    // The control plane and each agent are processes of their own, each with the file open.
    const path = scratch.path('hosts.db');
    const hosts = scratch.closing(sqliteHosts({ path }));
    return { hosts, ownHost: (instanceId) => scratch.closing(sqliteHosts({ path })).ownHost(instanceId) };
  },
});

test('a row outlives the process', async () => {
  const path = scratch.path('hosts.db');
  const before = sqliteHosts({ path });
  await before.open(lane, [machine('i-1')]);
  await before.give(lane, 'i-1', grant('a'));
  await before.ownHost('i-1').renew(lease);
  before[Symbol.dispose]();

  const again = scratch.closing(sqliteHosts({ path }));
  expect((await again.read(lane, ['i-1'])).get('i-1')?.lease).toEqual(lease);
  expect(await again.ownHost('i-1').takeGrant()).toEqual(grant('a'));
});
