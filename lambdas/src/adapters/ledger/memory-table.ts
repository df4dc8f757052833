import { after, type Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Hooks, hooked } from '../memory/hooked.ts';
import { applyWrite, failedWrites } from './apply-write.ts';
import { checkWrites, pageSize, tokenSeconds } from './check-writes.ts';
import { ownedWrite } from './owned-write.ts';
import { type SortedRows, type StoredRow, sortedRows } from './sorted-rows.ts';
import type { Attributes, Key, Outcome, Row, Table, Write } from './table.ts';

export interface MemoryTableOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** The most rows of a page, whatever a query asks for; DynamoDB's limit is a megabyte. */
  readonly pageLimit?: number;
  /** Rows outlive their `expiresAt` by this long; DynamoDB's do by up to two days. */
  readonly expiryLagSeconds?: number;
  readonly hooks?: Hooks<Table>;
}

/** Calls by kind, and the rows that they touched: what a bill is made of. */
export interface TableCounts {
  readonly get: number;
  readonly query: number;
  readonly transact: number;
  readonly refused: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

export interface MemoryTable extends Table {
  counts(): TableCounts;
  /** Every row that has not vanished, for checkers. Within a partition, by sort key. */
  rows(): readonly Row[];
}

/** DynamoDB's semantics in memory. What stands between two awaits is one step, so a transaction needs no lock. */
export function memoryTable(options: MemoryTableOptions): MemoryTable {
  const { clock, pageLimit = 1_000 } = options;
  const rows = sortedRows();
  const isLive = liveness(options);
  const once = onceByToken(clock);
  const tidy = rarely(() => {
    rows.prune(isLive);
    return rows.size();
  });
  const counts = { get: 0, query: 0, transact: 0, refused: 0, rowsRead: 0, rowsWritten: 0 };
  const read = (key: Key): Row | undefined => {
    const stored = rows.get(key);
    return stored && isLive(stored) ? stored.row : undefined;
  };

  const table: Table = {
    get: async (keys) => {
      counts.get++;
      counts.rowsRead += keys.length;
      return keys.map(read).filter((row) => row !== undefined);
    },
    query: async (pk, { skPrefix = '', after: afterSk = '', limit } = {}) => {
      const size = pageSize(limit, pageLimit);
      const page = rows.page(pk, skPrefix, afterSk, size);
      counts.query++;
      counts.rowsRead += page.length;
      const live = liveRows(page, isLive);
      // Like DynamoDB, a full page does not know whether it was the last.
      const last = page.length === size ? page.at(-1) : undefined;
      return last ? { rows: live, next: last.row.key.sk } : { rows: live };
    },
    transact: async (writes, token) => {
      counts.transact++;
      checkWrites(writes);
      const outcome = once(token, () => write(rows, writes, (key) => read(key)?.attributes));
      if (outcome.kind === 'refused') counts.refused++;
      else counts.rowsWritten += writes.length;
      tidy(writes.length);
      return outcome;
    },
  };
  return {
    ...hooked(table, options.hooks),
    counts: () => ({ ...counts }),
    rows: () => liveRows(rows.all(), isLive),
  };
}

/** Whether a row has not vanished yet. */
const liveness =
  ({ clock, expiryLagSeconds = 0 }: MemoryTableOptions) =>
  ({ vanishesAt }: StoredRow): boolean =>
    vanishesAt === undefined || clock.now() < after(vanishesAt, expiryLagSeconds);

/** One list, not two: queries read hundreds of rows for each job of a long simulation. */
function liveRows(stored: readonly StoredRow[], isLive: (row: StoredRow) => boolean): readonly Row[] {
  const rows: Row[] = [];
  for (const one of stored) if (isLive(one)) rows.push(one.row);
  return rows;
}

function write(
  rows: SortedRows,
  writes: readonly Write[],
  attributesOf: (key: Key) => Attributes | undefined,
): Outcome {
  const failed = failedWrites(writes, attributesOf);
  if (failed.length > 0) return { kind: 'refused', failed };
  // All are computed before the first is stored: a sum that cannot be made leaves nothing behind.
  const results = writes.map((write) => applyWrite(ownedWrite(write), attributesOf(write.key)));
  writes.forEach(({ key, kind }, index) => {
    if (kind !== 'check') rows.set(key, results[index]);
  });
  return { kind: 'written' };
}

/** Runs what a token names once in ten minutes; what was refused may be tried again. */
function onceByToken(clock: Pick<Clock, 'now'>): (token: string | undefined, act: () => Outcome) => Outcome {
  const usedAt = new Map<string, Instant>();
  return (token, act) => {
    if (token === undefined) return act();
    // In the order of their use, so the stale ones come first.
    for (const [stale, at] of usedAt) {
      if (clock.now() < after(at, tokenSeconds)) break;
      usedAt.delete(stale);
    }
    if (usedAt.has(token)) return { kind: 'written' };
    const outcome = act();
    if (outcome.kind === 'written') usedAt.set(token, clock.now());
    return outcome;
  };
}

/** A full scan once in as many writes as there are rows costs each write one row. */
function rarely(scan: () => number): (writes: number) => void {
  let writesLeft = 1_000;
  return (writes) => {
    writesLeft -= writes;
    if (writesLeft <= 0) writesLeft = Math.max(1_000, scan());
  };
}
