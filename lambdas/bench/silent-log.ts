import type { Log } from '../src/ports/log.ts';

/** Formats nothing and keeps nothing: where lines go is another process's work. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
