import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

/** `import … from './x.ts'`, `export … from './x.ts'` and `import './x.ts'`. */
const relativeImport = /((?:\bfrom|\bimport)\s*')(\.[^']*)\.ts'/g;

/**
 * A script without types, and all that it imports by a relative path, written below `folder`. Node strips types by
 * itself, but each time anew: for a process that is started by the hundred that is half of its start, and four times
 * its memory. What is plain already, as in a build, stays where it is.
 */
export function plainScript(script: string, folder: string): string {
  if (!script.endsWith('.ts')) return script;
  const sources = sourcesOf(script);
  const root = sources.map(dirname).reduce(commonFolder);
  const plainOf = (source: string): string => join(folder, `${relative(root, source).slice(0, -'.ts'.length)}.mjs`);
  for (const source of sources) {
    const plain = stripTypeScriptTypes(readFileSync(source, 'utf8')).replace(relativeImport, "$1$2.mjs'");
    writeWhole(plainOf(source), plain);
  }
  return plainOf(script);
}

/** The script first, then what it imports, each once. */
function sourcesOf(script: string): readonly string[] {
  const sources = new Set([resolve(script)]);
  // The set grows while it is walked.
  for (const source of sources) {
    const plain = stripTypeScriptTypes(readFileSync(source, 'utf8'));
    for (const [, , path] of plain.matchAll(relativeImport)) sources.add(resolve(dirname(source), `${path}.ts`));
  }
  return [...sources];
}

function commonFolder(one: string, other: string): string {
  let common = one;
  while (relative(common, other).startsWith('..')) common = dirname(common);
  return common;
}

/** A process that reads it meanwhile sees the old one or the new one. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}
