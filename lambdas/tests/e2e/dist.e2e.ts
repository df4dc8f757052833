import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { version } from '../../src/core/version.ts';
import { readZip, unpack } from '../zips/unpack.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const zipOf = (name: string): string => join(root, 'dist', `${name}.zip`);
const functions = ['webhook', 'scale-up', 'scale-down', 'sweep'];

let folder: string;
beforeAll(() => {
  // Outside of the package, so that nothing is found beside the zip's own files.
  folder = mkdtempSync(join(tmpdir(), 'dist-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const textOf = (name: string): string =>
  readZip(zipOf(name))
    .map(({ bytes }) => bytes.toString('utf8'))
    .join('\n');

test('the webhook’s zip holds no client that it does not call', () => {
  // What stands in every request of that client, or names the package's own agent.
  const marks = { ec2: 'CreateFleet', app: 'app/installations', octokit: 'octokit-core.js' };
  for (const mark of Object.values(marks)) expect(textOf('webhook')).not.toContain(mark);
  // The marks would be found.
  expect(textOf('scale-up')).toContain(marks.ec2);
  expect(textOf('scale-up')).toContain(marks.app);
  expect(textOf('scale-up')).toContain(marks.octokit);
  expect(textOf('webhook')).toContain('TransactWriteItems');
});

test.each(functions)('%s is loaded by Node 22 from its zip alone, and has a handler', (name) => {
  const there = join(folder, name);
  unpack(zipOf(name), there);
  const code = "console.log(typeof (await import('./index.js')).handler, process.version.split('.')[0])";
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: there, env: {} });
  expect(said.toString()).toBe('function v22\n');
});

test('times, rights and order are nobody’s', () => {
  for (const name of functions) {
    const files = readZip(zipOf(name));
    expect(files.map(({ path }) => path)).toEqual(files.map(({ path }) => path).sort());
    expect(new Set(files.map(({ time }) => time)).size).toBe(1);
    expect(files.every(({ mode }) => mode === 0o100644)).toBe(true);
  }
});

test('the same sources make the same bytes', () => {
  const again = join(folder, 'again');
  execFileSync(process.execPath, [join(root, 'scripts/dist.js'), '--out', again, 'webhook'], { cwd: folder });
  expect(readFileSync(join(again, 'webhook.zip')).equals(readFileSync(zipOf('webhook')))).toBe(true);
});

test('the manifest says what there is, of which version', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'dist/manifest.json'), 'utf8'));
  expect(manifest.version).toBe(version);
  for (const name of functions) {
    const bytes = readFileSync(zipOf(name));
    const digest = (encoding: 'hex' | 'base64'): string => createHash('sha256').update(bytes).digest(encoding);
    expect(manifest.files[`${name}.zip`]).toEqual({
      bytes: bytes.length,
      sha256: digest('hex'),
      sha256Base64: digest('base64'),
    });
  }
});
