import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A copy of the program below `folder`, which stays as it is whatever is built meanwhile: its `cli/main`, and a runner's. */
export interface Program {
  readonly main: string;
  readonly fakeRunner: string;
}

/** What was built, where that is newer than every source; else the sources, which Node runs as they are. */
export function programIn(folder: string): Program {
  const isBuilt = builtAt() > newest(join(root, 'src'));
  const [from, ending] = isBuilt ? ['build', 'js'] : ['src', 'ts'];
  const copy = join(folder, 'program');
  mkdirSync(copy);
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  cpSync(join(root, from), join(copy, from), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const named = (file: string): string => join(copy, from, `${file}.${ending}`);
  return { main: named('cli/main'), fakeRunner: named('fakes/runner/main') };
}

const builtAt = (): number => statSync(join(root, 'build/.made'), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(folder, name)).mtimeMs),
  );
