// Compiles src/ to build/, beside which Node finds what is no TypeScript: the pages' files. Programs that are started
// once a machine become one file each: it starts faster, and is copied to a machine as it stands.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (path) => join(root, path);
const run = (script, ...args) => execFileSync(process.execPath, [inRoot(script), ...args], { stdio: 'inherit', cwd: root });

rmSync(inRoot('build'), { recursive: true, force: true });
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
for (const folder of ['local/page', 'simulator/report/style']) {
  cpSync(inRoot(`src/${folder}`), inRoot(`build/${folder}`), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
}

for (const program of ['local/host-agent.js', 'fakes/runner/main.js']) {
  const folder = mkdtempSync(join(tmpdir(), 'ncc-'));
  run('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', `build/${program}`, '--out', folder, '--quiet');
  cpSync(join(folder, 'index.js'), inRoot(`build/${program}`));
  rmSync(folder, { recursive: true });
}

chmodSync(inRoot('build/cli/main.js'), 0o755);
