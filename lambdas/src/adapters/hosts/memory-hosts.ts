import type { Hosts, OwnHost } from '../../ports/hosts.ts';
import { type Hooks, hooked } from '../memory/hooked.ts';
import type { HostRecord } from './host-record.ts';
import { type HostRecords, recordHosts, recordOwnHost } from './record-hosts.ts';

export interface MemoryHostsOptions {
  readonly hooks?: Hooks<Hosts>;
  /** Around the calls of each instance's own side. */
  readonly ownHooks?: (instanceId: string) => Hooks<OwnHost>;
}

export interface MemoryHosts extends Hosts {
  /** One machine's side of the table. */
  ownHost(instanceId: string): OwnHost;
  /** Every row with its secret, for checkers. */
  records(): readonly HostRecord[];
}

export function memoryHosts(options: MemoryHostsOptions = {}): MemoryHosts {
  const rows = new Map<string, HostRecord>();
  const records: HostRecords = {
    get: (instanceId) => rows.get(instanceId),
    insert: (added) => {
      for (const record of added) if (!rows.has(record.instanceId)) rows.set(record.instanceId, record);
    },
    change: (instanceId, rule) => {
      const before = rows.get(instanceId);
      if (!before) return { kind: 'absent' };
      const changed = rule(before);
      if (!changed) return { kind: 'refused' };
      rows.set(instanceId, changed);
      return { kind: 'changed', before };
    },
    remove: (instanceIds) => {
      for (const instanceId of instanceIds) rows.delete(instanceId);
    },
  };
  return {
    ...hooked(recordHosts(records), options.hooks),
    ownHost: (instanceId) => hooked(recordOwnHost(records, instanceId), options.ownHooks?.(instanceId)),
    records: () => [...rows.values()],
  };
}
