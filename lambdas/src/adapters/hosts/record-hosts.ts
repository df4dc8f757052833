import type { Lane } from '../../core/lane.ts';
import type { HostRow } from '../../core/runner.ts';
import type { Hosts, OwnHost } from '../../ports/hosts.ts';
import {
  asked,
  given,
  type HostRecord,
  hostRowOf,
  isFoundBy,
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
  // A record's lane never changes, so that it may be looked at beforehand.
  const find = (lane: Lane, instanceId: string): HostRecord | undefined => {
    const record = records.get(instanceId);
    return record && isFoundBy(lane, record) ? record : undefined;
  };
  const change = (lane: Lane, instanceId: string, rule: Rule): Change =>
    find(lane, instanceId) ? records.change(instanceId, rule) : { kind: 'absent' };
  return {
    open: async (lane, instances) => records.insert(instances.map(opened(lane))),
    reserve: async (lane, instanceId, now, until) => change(lane, instanceId, reserved(now, until)).kind === 'changed',
    give: async (lane, instanceId, grant) =>
      change(lane, instanceId, given(grant)).kind === 'changed' ? 'given' : 'refused',
    void: async (lane, instanceId) => {
      const { kind } = change(lane, instanceId, voided);
      return kind === 'changed' ? 'void' : kind === 'refused' ? 'taken' : 'absent';
    },
    read: async (lane, instanceIds) => {
      const rows = new Map<string, HostRow>();
      for (const instanceId of instanceIds) {
        const record = find(lane, instanceId);
        if (record) rows.set(instanceId, hostRowOf(record));
      }
      return rows;
    },
    ask: async (lane, instanceId, ask) => {
      change(lane, instanceId, asked(ask));
    },
    close: async (lane, instanceIds) => records.remove(instanceIds.filter((id) => find(lane, id) !== undefined)),
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
