import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';

const folder = mkdtempSync(path.join(tmpdir(), 'fake-github-cli-'));
const secretFile = path.join(folder, 'secret');
const emptyFile = path.join(folder, 'empty');
writeFileSync(secretFile, 'a secret\n');
writeFileSync(emptyFile, '\n');

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = `
import { fakeGithubCommand } from ${JSON.stringify(new URL('./fake-github.ts', import.meta.url).href)};
await fakeGithubCommand().parseAsync(process.argv.slice(1), { from: 'user' });
`;

interface Run {
  output(): string;
  readonly exit: Promise<number | null>;
  /** Resolves when so many lines are out. */
  lines(count: number): Promise<readonly string[]>;
  kill(signal: NodeJS.Signals): void;
}

function run(...options: readonly string[]): Run {
  const args = ['--input-type=module', '-e', script, '--', ...options];
  const child = spawn(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' } });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const whole = (): readonly string[] => text.split('\n').slice(0, -1);
  return {
    output: () => text,
    exit: new Promise((resolve) => child.once('close', resolve)),
    lines: (count) =>
      new Promise((resolve) => {
        child.stdout.on('data', () => (whole().length >= count ? resolve(whole()) : undefined));
      }),
    kill: (signal) => void child.kill(signal),
  };
}

test.each(['SIGINT', 'SIGTERM'] as const)('it says where it is and what the App is, and ends on %s', async (signal) => {
  const github = run('--webhook-secret-file', secretFile, '--data', folder, '--habits', 'ghosts', '--time-scale', '60');
  const lines = await github.lines(3);
  expect(lines).toEqual([
    expect.stringMatching(/^listening on http:\/\/127\.0\.0\.1:\d+$/),
    'app id: 1001',
    `app key: ${path.join(folder, 'app-key.pem')}`,
  ]);
  expect(statSync(path.join(folder, 'app-key.pem')).mode & 0o777).toBe(0o600);
  const url = lines[0]?.replace('listening on ', '');
  const made = await fetch(`${url}/_control/jobs`, { method: 'POST', body: '{}' });
  expect(made.status).toBe(201);
  github.kill(signal);
  expect(await github.exit).toBe(0);
});

test.each([
  ['a secret file that is not there', ['--webhook-secret-file', `${folder}/none`, '--data', folder], 2, 'ENOENT'],
  ['an empty secret file', ['--webhook-secret-file', emptyFile, '--data', folder], 2, 'is empty'],
  ['an unknown habit', ['--habits', 'gosts'], 1, 'Did you mean "ghosts"?'],
  ['a port that is none', ['--port', '70000'], 1, 'from 0 to 65535'],
  ['a webhook that is no address', ['--webhook-url', 'here'], 1, 'http or https'],
  ['a time scale below 1', ['--time-scale', '0'], 1, 'from 1 on'],
] as const)('%s is refused', async (_, options, code, message) => {
  const refused = run(...options);
  expect(await refused.exit).toBe(code);
  expect(refused.output()).toContain(message);
});

test('the help says where state is kept', async () => {
  const help = run('--help');
  expect(await help.exit).toBe(0);
  expect(help.output().replaceAll(/\s+/g, ' ')).toContain('All state is in memory');
});
