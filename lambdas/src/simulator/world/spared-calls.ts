import type { Table } from '../../adapters/ledger/table.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { Queue } from '../../ports/queue.ts';

/** Ports through which nothing is called where nothing is asked for: so do the adapters of DynamoDB and SQS. */
export interface SparedCalls {
  readonly ofTable: (table: Table) => Table;
  readonly ofHosts: (hosts: Hosts) => Hosts;
  readonly ofQueue: (queue: Queue) => Queue;
}

/** Where faults act, a call for nothing is one more that may fail or be the last: it is made. */
export const sparedCalls = (isTroubled: boolean): SparedCalls =>
  isTroubled ? { ofTable: asItIs, ofHosts: asItIs, ofQueue: asItIs } : { ofTable, ofHosts, ofQueue };

const asItIs = <Port>(port: Port): Port => port;

const ofTable = (table: Table): Table => ({
  ...table,
  get: (keys) => (keys.length === 0 ? Promise.resolve([]) : table.get(keys)),
});

const ofHosts = (hosts: Hosts): Hosts => ({
  ...hosts,
  read: (lane, ids) => (ids.length === 0 ? Promise.resolve(new Map()) : hosts.read(lane, ids)),
  close: (lane, ids) => (ids.length === 0 ? Promise.resolve() : hosts.close(lane, ids)),
});

const ofQueue = (queue: Queue): Queue => ({
  send: (requests, delaySeconds) => (requests.length === 0 ? Promise.resolve() : queue.send(requests, delaySeconds)),
});
