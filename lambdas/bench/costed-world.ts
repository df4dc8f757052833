import type { Table } from '../src/adapters/ledger/table.ts';
import { tableLedger } from '../src/adapters/ledger/table-ledger.ts';
import type { World } from '../src/functions/world.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { City } from '../tests/city/city.ts';
import { silentLog } from './silent-log.ts';

export type Calls = Record<'ledger' | 'hosts' | 'compute' | 'forge' | 'queue', number>;

export interface CostedWorld {
  readonly world: World;
  readonly calls: Readonly<Calls>;
}

/** What one call of each vendor's answers or takes at most. A page of the ledger is the table's own: 1,000 rows. */
const keysPerGet = 100;
const machinesPerPage = 1000;
const registrationsPerPage = 100;
const rowsPerDelete = 25;
const requestsPerSend = 10;

/** The city's world, in which each call that a vendor would be asked takes its time, one after the other. */
export function costedWorld({ world, table, clock }: City, callSeconds: number): CostedWorld {
  const calls: Calls = { ledger: 0, hosts: 0, compute: 0, forge: 0, queue: 0 };
  const pay = async (port: keyof Calls, count = 1): Promise<void> => {
    calls[port] += count;
    await clock.sleep(count * callSeconds);
  };
  const costedTable: Table = {
    get: (keys) => pay('ledger', Math.ceil(keys.length / keysPerGet)).then(() => table.get(keys)),
    query: (pk, options) => pay('ledger').then(() => table.query(pk, options)),
    transact: (writes, token) => pay('ledger').then(() => table.transact(writes, token)),
  };
  const ledger = tableLedger(costedTable, world.timing.tombstoneSeconds);
  return { calls, world: { ...world, ...costedPorts(world, pay), ledger, clock, log: silentLog } };
}

type Pay = (port: keyof Calls, count?: number) => Promise<void>;

function costedPorts(
  { compute, forge, hosts, queue }: World,
  pay: Pay,
): Pick<World, 'compute' | 'forge' | 'hosts' | 'queue'> {
  return {
    compute: {
      launch: (request) => pay('compute').then(() => compute.launch(request)),
      list: (filter) => paged(compute.list(filter), machinesPerPage, () => pay('compute')),
      end: (ids, reason) => pay('compute').then(() => compute.end(ids, reason)),
    },
    forge: {
      ...forge,
      getJob: (ref) => pay('forge').then(() => forge.getJob(ref)),
      createRunner: (spec) => pay('forge').then(() => forge.createRunner(spec)),
      removeRunner: (scope, ref) => pay('forge').then(() => forge.removeRunner(scope, ref)),
      listRunners: (scope) => paged(forge.listRunners(scope), registrationsPerPage, () => pay('forge')),
    },
    hosts: {
      ...hosts,
      read: (lane, ids) => pay('hosts', Math.ceil(ids.length / keysPerGet)).then(() => hosts.read(lane, ids)),
      void: (lane, id) => pay('hosts').then(() => hosts.void(lane, id)),
      ask: (lane, id, ask) => pay('hosts').then(() => hosts.ask(lane, id, ask)),
      close: (lane, ids) => pay('hosts', Math.ceil(ids.length / rowsPerDelete)).then(() => hosts.close(lane, ids)),
    },
    queue: {
      send: (requests, delaySeconds) =>
        pay('queue', Math.ceil(requests.length / requestsPerSend)).then(() => queue.send(requests, delaySeconds)),
    },
  };
}

/** A call for the first page, empty or not, and one for each that follows. */
async function* paged<T>(items: AsyncIterable<T>, size: number, payPage: () => Promise<void>): AsyncGenerator<T> {
  let read = 0;
  await payPage();
  for await (const item of items) {
    if (read > 0 && read % size === 0) await payPage();
    read += 1;
    yield item;
  }
}

/** Moves time on until the work is done; answers the virtual seconds that it took. */
export async function virtualSeconds(clock: Clock & City['clock'], work: () => Promise<unknown>): Promise<number> {
  const startedAt = clock.now();
  let endedAt: number | undefined;
  const ending = work().then(() => {
    endedAt = clock.now();
  });
  while (endedAt === undefined) await clock.advance(0.05);
  await ending;
  return (endedAt - startedAt) / 1000;
}
