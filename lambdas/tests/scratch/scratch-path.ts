import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

/** Paths for files of one test, which are closed and removed after it. */
export function scratchPaths() {
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const step of undo.splice(0).reverse()) step();
  });

  return {
    /** In a directory of its own, where nothing is yet. */
    path: (name: string): string => {
      const directory = mkdtempSync(join(tmpdir(), 'ci-runners-'));
      undo.push(() => rmSync(directory, { recursive: true }));
      return join(directory, name);
    },
    closing: <Thing extends Disposable>(thing: Thing): Thing => {
      undo.push(() => thing[Symbol.dispose]());
      return thing;
    },
  };
}
