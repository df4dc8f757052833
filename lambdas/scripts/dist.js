// Makes what is deployed, in dist/: a zip a function, and the program that each machine runs. The same sources make the
// same bytes, wherever and whenever: so a hash in the manifest tells whether a function changed.
// `node scripts/dist.js`, or with another folder and some names: `node scripts/dist.js --out /tmp/dist webhook`.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { ZipFile } from 'yazl';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (path) => join(root, path);
const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const out = values.out ?? inRoot('dist');

/** `zip`: what Lambda runs, `index.js` with its `handler`. `script`: one file that a machine's Node runs. */
const entries = [
  { name: 'webhook', kind: 'zip', main: 'functions/webhook/handler.js' },
  { name: 'scale-up', kind: 'zip', main: 'functions/scale-up/handler.js' },
  { name: 'scale-down', kind: 'zip', main: 'functions/scale-down/handler.js' },
  { name: 'sweep', kind: 'zip', main: 'functions/sweep/handler.js' },
  { name: 'host-agent', kind: 'script', main: 'functions/host/agent.js' },
];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const isWanted = ({ name }) => positionals.length === 0 || positionals.includes(name);
const wanted = entries.filter((entry) => isWanted(entry) && existsSync(inRoot(`build/${entry.main}`)));
const made = new Map();
const waiting = [...wanted];
// Each is a minute of one processor's work, most of it for AWS's clients.
await Promise.all(Array.from({ length: availableParallelism() }, makeWaiting));

const files = {};
for (const { name, kind } of wanted) {
  const file = kind === 'zip' ? `${name}.zip` : `${name}.js`;
  const bytes = made.get(name);
  writeFileSync(join(out, file), bytes);
  files[file] = { bytes: bytes.length, sha256: digestOf(bytes, 'hex'), sha256Base64: digestOf(bytes, 'base64') };
  process.stdout.write(`${file.padEnd(20)} ${(bytes.length / 1024).toFixed(0).padStart(6)} KB\n`);
}
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify({ version, files }, undefined, 2)}\n`);

async function makeWaiting() {
  for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
    const bundled = await bundle(entry.kind === 'zip' ? entry.main : commonJs(entry.main));
    made.set(entry.name, entry.kind === 'zip' ? await zipOf(bundled) : scriptOf(entry.name, bundled));
  }
}

/** A file that stands alone has nothing beside it that says that it is a module, and an older Node does not guess. */
function commonJs(main) {
  const beside = main.replace(/\.js$/, '.cjs');
  writeFileSync(inRoot(`build/${beside}`), `require('./${basename(main)}');\n`);
  return beside;
}

/** The program's files by name, minified: `index.js`, and a piece for each part that is only loaded where it is used. */
async function bundle(main) {
  const folder = mkdtempSync(join(tmpdir(), 'ncc-'));
  const ncc = inRoot('node_modules/@vercel/ncc/dist/ncc/cli.js');
  const options = ['--minify', '--no-cache', '--quiet', '--license', '', '--out', folder];
  await promisify(execFile)(process.execPath, [ncc, 'build', inRoot(`build/${main}`), ...options], { cwd: root });
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bundled = new Map();
  for (const { name, parentPath } of names) {
    const path = join(parentPath, name).slice(folder.length + 1);
    bundled.set(path, readFileSync(join(parentPath, name)));
  }
  rmSync(folder, { recursive: true });
  return bundled;
}

function scriptOf(name, bundled) {
  const rest = [...bundled.keys()].filter((path) => !/^(index\.cjs|package\.json)$/.test(path));
  if (rest.length > 0) throw new Error(`${name} has to be one file, and is bundled with ${rest.join(', ')}.`);
  return bundled.get('index.cjs');
}

/** In the order of their names, with a time and rights that are nobody's. */
async function zipOf(bundled) {
  const zip = new ZipFile();
  for (const path of [...bundled.keys()].sort()) {
    zip.addBuffer(bundled.get(path), path, { mtime: new Date('2000-01-01T00:00:00Z'), mode: 0o100644, forceDosTimestamp: true });
  }
  zip.end();
  const parts = [];
  for await (const part of zip.outputStream) parts.push(part);
  return Buffer.concat(parts);
}

function digestOf(bytes, encoding) {
  return createHash('sha256').update(bytes).digest(encoding);
}
