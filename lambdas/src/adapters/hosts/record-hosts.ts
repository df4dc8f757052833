import type { HostRow } from '../../core/runner.ts';
import type { Hosts, OwnHost } from '../../ports/hosts.ts';
import {
  asked,
  given,
  type HostRecord,
  hostRowOf,
  opened,
  ownRowOf,
  type Rule,
  renewed,
  reserved,
  taken,
  voided,
} from './host-record.ts';

/** The little that the rules of hosts ask of a store. Each call is one step that no other one comes between. */
export interface HostRecords {
  get(instanceId: string): HostRecord | undefined;
  /** Those that are there stay as they are. */
  insert(records: readonly HostRecord[]): void;
  /** Replaces a record that is there, if the rule holds for it. */
  change(instanceId: string, rule: Rule): Change;
  remove(instanceIds: readonly string[]): void;
}

export type Change =
  | { readonly kind: 'changed'; readonly before: HostRecord }
  | { readonly kind: 'refused' | 'absent' };

export function recordHosts(records: HostRecords): Hosts {
  return {
    open: async (instances) => records.insert(instances.map(opened)),
    reserve: async (instanceId, now, until) => records.change(instanceId, reserved(now, until)).kind === 'changed',
    give: async (instanceId, grant) =>
      records.change(instanceId, given(grant)).kind === 'changed' ? 'given' : 'refused',
    void: async (instanceId) => {
      const { kind } = records.change(instanceId, voided);
      return kind === 'changed' ? 'void' : kind === 'refused' ? 'taken' : 'absent';
    },
    read: async (instanceIds) => {
      const rows = new Map<string, HostRow>();
      for (const instanceId of instanceIds) {
        const record = records.get(instanceId);
        if (record) rows.set(instanceId, hostRowOf(record));
      }
      return rows;
    },
    ask: async (instanceId, ask) => {
      records.change(instanceId, asked(ask));
    },
    close: async (instanceIds) => records.remove(instanceIds),
  };
}

export function recordOwnHost(records: HostRecords, instanceId: string): OwnHost {
  return {
    read: async () => {
      const record = records.get(instanceId);
      return record ? ownRowOf(record) : 'absent';
    },
    takeGrant: async () => {
      const change = records.change(instanceId, taken);
      return change.kind === 'changed' ? (change.before.grant ?? null) : null;
    },
    renew: async (lease) => (records.change(instanceId, renewed(lease)).kind === 'changed' ? 'renewed' : 'absent'),
  };
}
