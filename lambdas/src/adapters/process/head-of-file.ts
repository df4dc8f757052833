import { closeSync, openSync, readSync } from 'node:fs';

const headBytes = 16_384;

/** The first 16 KiB of a file that may grow without end; empty, too, where it cannot be read. */
export function headOf(path: string): string {
  const head = Buffer.alloc(headBytes);
  try {
    const file = openSync(path, 'r');
    try {
      return head.toString('utf8', 0, readSync(file, head, 0, headBytes, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
