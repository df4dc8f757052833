import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, ThrottledError } from '../../core/errors.ts';

export interface SqliteOptions {
  /** A file that several processes may share, and several adapters. */
  readonly path: string;
  /** How long a call waits for another process before it gives up. */
  readonly busySeconds?: number;
}

/** What SQLite answers when another process holds the lock: SQLITE_BUSY and SQLITE_LOCKED. */
const lockedCodes = new Set([5, 6]);
const attemptLimit = 20;

export interface Database extends Disposable {
  readonly prepare: DatabaseSync['prepare'];
  /** Takes the write lock first, so that what is read stays true until the end. All or nothing. */
  readonly transaction: <Answer>(act: () => Answer) => Answer;
}

/** `schema` makes what is missing; it must do no harm where all is there. */
export function openDatabase({ path, busySeconds = 10 }: SqliteOptions, schema: string): Database {
  makePrivate(path);
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA busy_timeout = ${Math.round(busySeconds * 1000)}`);
  // A first change to WAL does not wait for other processes by itself, whatever busy_timeout says.
  patiently(() => database.exec('PRAGMA journal_mode = WAL'));
  database.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON');
  const transaction = <Answer>(act: () => Answer): Answer => {
    waiting(() => database.exec('BEGIN IMMEDIATE'));
    try {
      const answer = act();
      database.exec('COMMIT');
      return answer;
    } catch (error) {
      rollBack(database);
      throw error;
    }
  };
  transaction(() => database.exec(schema));
  return {
    prepare: (sql) => database.prepare(sql),
    transaction,
    [Symbol.dispose]: () => database.close(),
  };
}

/**
 * Grants stand in it for a moment, so no other user may read it; SQLite gives its other files the same mode. A file
 * that is there is not touched: to open and close it would drop the locks that this process holds on it (POSIX).
 */
function makePrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
}

/** Waits without going on to other work: this happens once, as a process starts. */
function patiently(act: () => void): void {
  for (let attempt = 1; ; attempt++) {
    try {
      act();
      return;
    } catch (error) {
      if (!isLocked(error) || attempt === attemptLimit) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10 * attempt);
    }
  }
}

/** An error may have rolled back by itself; then there is nothing left to do. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch (error) {
    if (!messageOf(error).includes('no transaction is active')) throw error;
  }
}

function waiting(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!isLocked(error)) throw error;
    throw new ThrottledError('Another process held the database for too long.', { cause: error });
  }
}

/** Extended codes keep the plain one in their lowest byte. */
const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && lockedCodes.has(Number(error.errcode) & 0xff);
