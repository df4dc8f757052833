import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Found, Search } from './seek-breach.ts';

const script = fileURLToPath(new URL('seek-breach.ts', import.meta.url));
const run = promisify(execFile);

/** In a process of its own, as a module that was loaded stays as it is. */
export async function search(wanted: Search): Promise<Found> {
  const { stdout } = await run(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    script,
    JSON.stringify(wanted),
  ]);
  return JSON.parse(stdout);
}
