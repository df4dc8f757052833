#!/usr/bin/env node
// What an older Node lacks (SQLite) would fail at an import, with words that help nobody: asked before any other import.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 22) {
  process.stderr.write(
    `error: ci-runners needs Node 22 or newer, and this is ${process.version}. "make start" brings the right one; so does lambdas/node_modules/.bin/node.\n`,
  );
  process.exit(2);
}

const { program } = await import('./program.ts');
await program().parseAsync();

export {};
