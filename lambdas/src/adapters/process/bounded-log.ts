import { copyFileSync, openSync, statSync, truncateSync } from 'node:fs';

/** For appending, so that a file which is cut while a process writes to it goes on at its new end. */
export const openLog = (path: string): number => openSync(path, 'a', 0o600);

/** Keeps what a process wrote at twice `limitBytes` at most: what is too long becomes `<path>.1`, in place of the last one. */
export function boundLog(path: string, limitBytes: number): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= limitBytes) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path, 0);
}
