import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';

/** What a state file holds; undefined: there is none. Throws on one that cannot be read, rather than call it none. */
export function readState<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** Whole or not at all, and for its owner's eyes only. */
export function writeState(path: string, value: unknown): void {
  renameSync(writeBeside(path, value), path);
}

/** The same for what can be found out again: where there is no room for it, it is not kept. */
export function keepState(path: string, value: unknown): void {
  try {
    writeState(path, value);
  } catch {
    // It is found out again.
  }
}

/** The first to write it wins: false, and nothing changed, where there is one already. */
export function createState(path: string, value: unknown): boolean {
  const written = writeBeside(path, value);
  try {
    linkSync(written, path);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  } finally {
    rmSync(written, { force: true });
  }
}

function writeBeside(path: string, value: unknown): string {
  // The pid keeps two writers of one file apart; within one process writing is synchronous.
  const beside = `${path}.${process.pid}.tmp`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(value));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return beside;
}
