import type { Hosts, OwnHost } from '../../ports/hosts.ts';
import { type Hooks, hooked } from '../memory/hooked.ts';
import { openDatabase, type SqliteOptions } from '../sqlite/open-database.ts';
import type { HostRecord } from './host-record.ts';
import { type Change, type HostRecords, recordHosts, recordOwnHost } from './record-hosts.ts';

export interface SqliteHostsOptions extends SqliteOptions {
  readonly hooks?: Hooks<Hosts>;
}

/** Disposing closes the file. */
export interface SqliteHosts extends Hosts, Disposable {
  /** One machine's side of the table: its agent opens the same file. */
  ownHost(instanceId: string): OwnHost;
}

const schema = `
  CREATE TABLE IF NOT EXISTS hosts (instance_id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Hosts on a file that the control plane shares with each machine's agent. */
export function sqliteHosts(options: SqliteHostsOptions): SqliteHosts {
  const database = openDatabase(options, schema);
  const select = database.prepare('SELECT record FROM hosts WHERE instance_id = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO hosts (instance_id, record) VALUES (?, ?)');
  const update = database.prepare('UPDATE hosts SET record = ? WHERE instance_id = ?');
  const remove = database.prepare('DELETE FROM hosts WHERE instance_id = ?');

  const get = (instanceId: string): HostRecord | undefined => {
    const row = select.get(instanceId);
    return row && (JSON.parse(String(row.record)) as HostRecord);
  };
  const records: HostRecords = {
    get,
    insert: (added) =>
      database.transaction(() => {
        for (const record of added) insert.run(record.instanceId, JSON.stringify(record));
      }),
    change: (instanceId, rule) =>
      database.transaction((): Change => {
        const before = get(instanceId);
        if (!before) return { kind: 'absent' };
        const changed = rule(before);
        if (!changed) return { kind: 'refused' };
        update.run(JSON.stringify(changed), instanceId);
        return { kind: 'changed', before };
      }),
    remove: (instanceIds) =>
      database.transaction(() => {
        for (const instanceId of instanceIds) remove.run(instanceId);
      }),
  };

  return {
    ...hooked(recordHosts(records), options.hooks),
    ownHost: (instanceId) => recordOwnHost(records, instanceId),
    [Symbol.dispose]: () => database[Symbol.dispose](),
  };
}
