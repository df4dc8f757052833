import { expect, test } from '@jest/globals';
import { memoryHosts } from '../../adapters/hosts/memory-hosts.ts';
import { memoryTable } from '../../adapters/ledger/memory-table.ts';
import { sparedCalls } from './spared-calls.ts';

const lane = { fleet: 'linux', scope: 'org:acme' } as const;
const refuse = (): Promise<never> => Promise.reject(new Error('It was called.'));

function ports(isTroubled: boolean) {
  const { ofTable, ofHosts, ofQueue } = sparedCalls(isTroubled);
  const table = ofTable({ ...memoryTable({ clock: { now: () => 0 } }), get: refuse });
  const hosts = ofHosts({ ...memoryHosts(), read: refuse, close: refuse });
  return { table, hosts, queue: ofQueue({ send: refuse }) };
}

test('nothing is called for nothing', async () => {
  const { table, hosts, queue } = ports(false);
  expect(await table.get([])).toEqual([]);
  expect(await hosts.read(lane, [])).toEqual(new Map());
  await hosts.close(lane, []);
  await queue.send([], 0);
});

test('whatever is asked for is called', async () => {
  const { table, hosts, queue } = ports(false);
  await expect(table.get([{ pk: 'job:1', sk: 'job' }])).rejects.toThrow('It was called.');
  await expect(hosts.read(lane, ['i-1'])).rejects.toThrow('It was called.');
  await expect(hosts.close(lane, ['i-1'])).rejects.toThrow('It was called.');
  await expect(queue.send([{ lane: 'linux/org:acme', reason: 'queued' }], 0)).rejects.toThrow('It was called.');
});

test('where faults act, a call for nothing may fail like any other', async () => {
  const { table, hosts, queue } = ports(true);
  await expect(table.get([])).rejects.toThrow('It was called.');
  await expect(hosts.read(lane, [])).rejects.toThrow('It was called.');
  await expect(queue.send([], 0)).rejects.toThrow('It was called.');
});
