import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { filesBelow, type ProcessFolder, processFolder } from '../../tests/doubles/processes.ts';

let folder: ProcessFolder;
beforeEach(() => {
  folder = processFolder();
});
afterEach(() => folder[Symbol.dispose]());

const write = (name: string, text: string): string => {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
};
/** In a process of its own: the strange module loader of tests knows nothing of stripping types. */
const plain = (script: string): string =>
  execFileSync(
    process.execPath,
    [
      '--no-warnings',
      '--input-type=module',
      '-e',
      `import { plainScript } from ${JSON.stringify(new URL('plain-script.ts', import.meta.url).href)};
       process.stdout.write(plainScript(${JSON.stringify(script)}, ${JSON.stringify(join(folder.path, 'plain'))}));`,
    ],
    { encoding: 'utf8' },
  );

test('a script and what it imports lose their types, and still run', () => {
  write(
    'word.ts',
    "import type { Gone } from './gone.ts';\nexport const word = (n: number): string => 'plain ' + n;\n",
  );
  write('also.ts', "import './word.ts';\nexport { word } from './word.ts';\n");
  const script = write('main.ts', "import { word } from './also.ts';\nconsole.log(word(7 as number));\n");
  const path = plain(script);
  expect(path).toBe(join(folder.path, 'plain', 'main.mjs'));
  expect(execFileSync(process.execPath, [path], { encoding: 'utf8' })).toBe('plain 7\n');
  expect(filesBelow(join(folder.path, 'plain'))).toHaveLength(3);
});

test('a plain script stays where it is', () => {
  expect(plain('/build/host-agent.js')).toBe('/build/host-agent.js');
});
