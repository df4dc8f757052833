import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpack } from '../tests/zips/unpack.ts';
import { type Figures, percentile } from './figures.ts';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const runsCount = 7;
const functions = ['webhook', 'scale-up', 'scale-down', 'sweep'] as const;

/** From the start of a Node process to its end, in milliseconds. */
function millisecondsOf(code: string, folder: string): number {
  const startedAt = performance.now();
  execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, env: {} });
  return performance.now() - startedAt;
}

/** What each deployed zip takes of a processor until its handler is there, beyond an empty Node process. */
export function coldStart(): Figures {
  const made = Object.keys((JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as { files: object }).files);
  const figures: Record<string, number> = {};
  for (const name of functions.filter((one) => made.includes(`${one}.zip`))) {
    const folder = mkdtempSync(join(tmpdir(), 'cold-start-'));
    unpack(join(dist, `${name}.zip`), folder);
    const empty: number[] = [];
    const loaded: number[] = [];
    // In turn, so that a busy machine is as busy for both.
    for (let run = 0; run < runsCount; run++) {
      empty.push(millisecondsOf('', folder));
      loaded.push(millisecondsOf("await import('./index.js'); process.exit(0)", folder));
    }
    rmSync(folder, { recursive: true });
    const figure = name.replace('-down', 'Down').replace('-up', 'Up');
    figures[`${figure}Milliseconds`] = percentile(loaded, 50) - percentile(empty, 50);
    figures[`${figure}EmptyNodeMilliseconds`] = percentile(empty, 50);
    figures[`${figure}ZipKilobytes`] = statSync(join(dist, `${name}.zip`)).size / 1024;
  }
  return figures;
}
