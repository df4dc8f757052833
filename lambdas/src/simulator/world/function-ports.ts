import type { memoryHosts } from '../../adapters/hosts/memory-hosts.ts';
import type { MemoryTable } from '../../adapters/ledger/memory-table.ts';
import type { Table } from '../../adapters/ledger/table.ts';
import type { World } from '../../functions/world.ts';
import type { Compute } from '../../ports/compute.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { Fact, FunctionName } from '../facts.ts';
import type { Cloud } from './cloud.ts';
import { paged } from './paged.ts';
import type { Caller, Wire } from './wire.ts';

/** EC2 as one of our functions reaches it: each page of a list is a call. */
export function computePort(over: Wire, caller: Caller, ec2: Cloud): Compute {
  const call = <T>(action: string, effect: () => T): Promise<T> =>
    over.call({ service: 'ec2', action, caller }, effect);
  return {
    launch: (request) => call('launch', () => ec2.launch(request)),
    end: (ids) => call('end', () => ec2.terminate(ids)),
    list: (filter) => paged((from) => call('list', () => ec2.page(filter, from))),
  };
}

export const tableMethods = ({ get, query, transact }: MemoryTable): Table => ({ get, query, transact });

export function hostMethods({ ownHost: _, records: __, ...methods }: ReturnType<typeof memoryHosts>): Hosts {
  return methods;
}

export const logOf = (by: FunctionName | 'host', tell: (fact: Fact) => void): World['log'] => {
  const line = (message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
    tell({ kind: 'log', by, message, fields });
  return { info: line, warn: line, error: line };
};
