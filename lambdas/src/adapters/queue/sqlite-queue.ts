import { after } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Delivery, Queue, QueueConsumer, Request } from '../../ports/queue.ts';
import { type Hooks, hooked } from '../memory/hooked.ts';
import { type Database, openDatabase, type SqliteOptions } from '../sqlite/open-database.ts';
import { checkDelay, checkReceiveLimit } from './check-limits.ts';

export interface SqliteQueueOptions extends SqliteOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly visibilitySeconds: number;
  /** Received this often and never acknowledged, a request goes to the dead letters. */
  readonly receiveLimit: number;
  readonly hooks?: Hooks<Queue & QueueConsumer>;
}

/** Disposing closes the file. */
export interface SqliteQueue extends Queue, QueueConsumer, Disposable {}

/** A number is never used again, so that a receipt of one request never acknowledges another. */
const schema = `
  CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT, request TEXT NOT NULL, receive_count INTEGER NOT NULL, visible_at REAL NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS requests_by_visibility ON requests (visible_at);
  CREATE TABLE IF NOT EXISTS dead_requests (id INTEGER PRIMARY KEY, request TEXT NOT NULL) STRICT;
`;

/** SQS's semantics on a file that several processes share: what one hid reappears though it died. */
export function sqliteQueue(options: SqliteQueueOptions): SqliteQueue {
  const { clock, visibilitySeconds, receiveLimit } = options;
  checkReceiveLimit(receiveLimit);
  const database = openDatabase(options, schema);
  const requests = requestStatements(database);

  const queue: Queue & QueueConsumer = {
    send: async (sent, delaySeconds) => {
      checkDelay(delaySeconds);
      if (sent.length === 0) return;
      const visibleAt = after(clock.now(), delaySeconds);
      database.transaction(() => {
        for (const request of sent) requests.insert.run(JSON.stringify(request), visibleAt);
      });
    },
    receive: async (limit) => {
      checkReceiveLimit(limit);
      const now = clock.now();
      // A consumer that finds nothing must not keep the others from writing.
      if (!requests.selectVisible.get(now)) return [];
      return database.transaction(() => {
        requests.bury(now, receiveLimit);
        return requests.hide.all(after(now, visibilitySeconds), now, limit).map(deliveryOf);
      });
    },
    acknowledge: async (receipts) => {
      if (receipts.length === 0) return;
      database.transaction(() => {
        for (const receipt of receipts) requests.remove.run(...idAndCountOf(receipt));
      });
    },
    depth: async () =>
      database.transaction(() => {
        const now = clock.now();
        requests.bury(now, receiveLimit);
        return requests.depth(now);
      }),
  };
  return { ...hooked(queue, options.hooks), [Symbol.dispose]: () => database[Symbol.dispose]() };
}

function requestStatements(database: Database) {
  const copyDead = database.prepare(
    'INSERT INTO dead_requests (id, request) SELECT id, request FROM requests WHERE visible_at <= ? AND receive_count >= ?',
  );
  const removeDead = database.prepare('DELETE FROM requests WHERE visible_at <= ? AND receive_count >= ?');
  const count = database.prepare(`
    SELECT count(*) AS total, count(*) FILTER (WHERE receive_count > 0 AND visible_at > ?) AS hidden,
      (SELECT count(*) FROM dead_requests) AS dead FROM requests`);

  return {
    insert: database.prepare('INSERT INTO requests (request, receive_count, visible_at) VALUES (?, 0, ?)'),
    selectVisible: database.prepare('SELECT 1 FROM requests WHERE visible_at <= ? LIMIT 1'),
    hide: database.prepare(`
      UPDATE requests SET visible_at = ?, receive_count = receive_count + 1
      WHERE id IN (SELECT id FROM requests WHERE visible_at <= ? ORDER BY visible_at, id LIMIT ?)
      RETURNING id, request, receive_count`),
    remove: database.prepare('DELETE FROM requests WHERE id = ? AND receive_count = ?'),
    bury: (now: number, receiveLimit: number): void => {
      copyDead.run(now, receiveLimit);
      removeDead.run(now, receiveLimit);
    },
    depth: (now: number) => {
      const { total, hidden, dead } = count.get(now) as Record<'total' | 'hidden' | 'dead', number>;
      return { waiting: total - hidden, hidden, dead };
    },
  };
}

function deliveryOf(row: Record<string, unknown>): Delivery {
  const receiveCount = Number(row.receive_count);
  return {
    receipt: `${row.id}/${receiveCount}`,
    request: JSON.parse(String(row.request)) as Request,
    receiveCount,
  };
}

/** A receipt that is none of ours becomes a number that no request has. */
function idAndCountOf(receipt: string): readonly [number, number] {
  const match = /^(\d+)\/(\d+)$/.exec(receipt);
  return match ? [Number(match[1]), Number(match[2])] : [-1, -1];
}
