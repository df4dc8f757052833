import { after } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Hooks, hooked } from '../memory/hooked.ts';
import { type Database, openDatabase, type SqliteOptions } from '../sqlite/open-database.ts';
import { applyWrite, failedWrites, vanishesAt } from './apply-write.ts';
import { prefixEnd } from './byte-order.ts';
import { checkWrites, pageSize, tokenSeconds } from './check-writes.ts';
import type { Attributes, Key, Outcome, Page, Table, Write } from './table.ts';

export interface SqliteTableOptions extends SqliteOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** The most rows of a page, whatever a query asks for. */
  readonly pageLimit?: number;
  readonly hooks?: Hooks<Table>;
}

/** Disposing closes the file. */
export interface SqliteTable extends Table, Disposable {}

const schema = `
  CREATE TABLE IF NOT EXISTS ledger_rows (
    pk TEXT NOT NULL, sk TEXT NOT NULL, attributes TEXT NOT NULL, vanishes_at REAL, PRIMARY KEY (pk, sk)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS ledger_rows_by_end ON ledger_rows (vanishes_at) WHERE vanishes_at IS NOT NULL;
  CREATE TABLE IF NOT EXISTS ledger_tokens (token TEXT PRIMARY KEY, used_at REAL NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS ledger_tokens_by_use ON ledger_tokens (used_at);
`;

/** DynamoDB's semantics on a file that several processes share. */
export function sqliteTable(options: SqliteTableOptions): SqliteTable {
  const { clock, pageLimit = 1_000 } = options;
  const database = openDatabase(options, schema);
  const rows = rowStatements(database, clock);
  const tokens = tokenStatements(database, clock);

  const write = (writes: readonly Write[], token: string | undefined): Outcome => {
    if (token !== undefined && tokens.isUsed(token)) return { kind: 'written' };
    const failed = failedWrites(writes, rows.get);
    if (failed.length > 0) return { kind: 'refused', failed };
    for (const write of writes) if (write.kind !== 'check') rows.set(write.key, applyWrite(write, rows.get(write.key)));
    if (token !== undefined) tokens.use(token);
    rows.tidy();
    return { kind: 'written' };
  };

  const table: Table = {
    get: async (keys) =>
      keys.flatMap(({ pk, sk }) => {
        const attributes = rows.get({ pk, sk });
        return attributes ? [{ key: { pk, sk }, attributes }] : [];
      }),
    query: async (pk, query = {}) => rows.page(pk, { ...query, limit: pageSize(query.limit, pageLimit) }),
    transact: async (writes, token) => {
      checkWrites(writes);
      return database.transaction(() => write(writes, token));
    },
  };
  return { ...hooked(table, options.hooks), [Symbol.dispose]: () => database[Symbol.dispose]() };
}

type PageQuery = NonNullable<Parameters<Table['query']>[1]> & { readonly limit: number };

/** No text is greater than a blob, so an empty one is the end of all texts. */
const endOfTexts = new Uint8Array();

function rowStatements(database: Database, clock: Pick<Clock, 'now'>) {
  const live = '(vanishes_at IS NULL OR vanishes_at > ?)';
  const select = database.prepare(`SELECT attributes FROM ledger_rows WHERE pk = ? AND sk = ? AND ${live}`);
  const selectPage = database.prepare(
    `SELECT sk, attributes FROM ledger_rows WHERE pk = ? AND sk >= ? AND sk > ? AND sk < ? AND ${live} ORDER BY sk LIMIT ?`,
  );
  const upsert = database.prepare(
    'INSERT OR REPLACE INTO ledger_rows (pk, sk, attributes, vanishes_at) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM ledger_rows WHERE pk = ? AND sk = ?');
  // A few at each write: more than a write can add, so that they never pile up.
  const tidy = database.prepare(
    'DELETE FROM ledger_rows WHERE (pk, sk) IN (SELECT pk, sk FROM ledger_rows WHERE vanishes_at <= ? LIMIT 200)',
  );

  return {
    get: ({ pk, sk }: Key): Attributes | undefined => {
      const row = select.get(pk, sk, clock.now());
      return row && attributesOf(row.attributes);
    },
    page: (pk: string, { skPrefix = '', after: afterSk = '', limit }: PageQuery): Page => {
      const end = prefixEnd(skPrefix) ?? endOfTexts;
      const found = selectPage.all(pk, skPrefix, afterSk, end, clock.now(), limit);
      const rows = found.map((row) => ({ key: { pk, sk: String(row.sk) }, attributes: attributesOf(row.attributes) }));
      // Like DynamoDB, a full page does not know whether it was the last.
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows, ...(last && { next: last.key.sk }) };
    },
    set: ({ pk, sk }: Key, attributes: Attributes | undefined): void => {
      if (attributes) upsert.run(pk, sk, JSON.stringify(attributes), vanishesAt(attributes) ?? null);
      else remove.run(pk, sk);
    },
    tidy: () => tidy.run(clock.now()),
  };
}

function tokenStatements(database: Database, clock: Pick<Clock, 'now'>) {
  const select = database.prepare('SELECT 1 FROM ledger_tokens WHERE token = ? AND used_at > ?');
  const insert = database.prepare('INSERT OR REPLACE INTO ledger_tokens (token, used_at) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM ledger_tokens WHERE used_at <= ?');
  const oldest = (): number => after(clock.now(), -tokenSeconds);

  return {
    isUsed: (token: string): boolean => select.get(token, oldest()) !== undefined,
    use: (token: string): void => {
      remove.run(oldest());
      insert.run(token, clock.now());
    },
  };
}

const attributesOf = (text: unknown): Attributes => JSON.parse(String(text)) as Attributes;
