import { appendFileSync } from 'node:fs';
import { boundLog } from '../process/bounded-log.ts';
import type { Sink } from './json-log.ts';

/** Appends lines to a file that is kept at twice `limitBytes` at most. A disk that is full takes none, and stops nobody. */
export function fileSink(path: string, limitBytes: number): Sink {
  return {
    write: (line) => {
      try {
        boundLog(path, limitBytes);
        appendFileSync(path, line, { mode: 0o600 });
      } catch {
        // Whoever logs has other places where it is heard.
      }
    },
  };
}
