import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ProcessFolder, processFolder } from '../doubles/processes.ts';
import { type Program, programIn } from './program.ts';
import { type Running, run } from './running.ts';

let folder: ProcessFolder;
let program: Program;
beforeAll(() => {
  folder = processFolder();
  program = programIn(folder.path);
  mkdirSync(join(folder.path, 'a-folder'));
});
afterAll(() => folder[Symbol.dispose]());

const write = (name: string, content: unknown): string => {
  const path = join(folder.path, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const ci = (...args: readonly string[]): Running => run(folder.path, program.main, args);

/** Ends soon, with words on stderr that begin with `error:` and hold nothing of the program's inside. */
async function refusal(...args: readonly string[]): Promise<string> {
  const running = ci(...args);
  expect(await running.ended(20)).toBeGreaterThan(0);
  expect(running.errors()).toMatch(/^error: /);
  expect(running.errors()).not.toMatch(/^ +at |node:|node_modules|\.[jt]s:\d/m);
  expect(running.output()).toBe('');
  return running.errors();
}

const deployment = {
  forge: { kind: 'github', app: { id: 7, privateKeyFile: 'app.pem' }, webhookSecretFile: 'secret' },
  compute: { kind: 'process', command: ['true'] },
  fleets: { linux: { labels: ['self-hosted', 'linux'] } },
};

describe('what is wrong is said in one message', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['an unknown command', ['begin'], /unknown command 'begin'/],
    ['an unknown option', ['start', '--prot', '1'], /unknown option '--prot'.*Did you mean --port\?/s],
    ['an argument too many', ['start', 'fleet.json'], /too many arguments/],
    ['a port that is none', ['start', '--port', 'http'], /--port.*'http'.*0 to 65535/s],
    ['a port that is empty', ['start', '--port', ''], /--port.*0 to 65535/s],
    ['a port in another notation', ['start', '--port', '0x50'], /--port.*0 to 65535/s],
    ['a port beyond the last', ['start', '--port', '65536'], /--port.*0 to 65535/s],
    ['no jobs', ['start', '--once', '0'], /--once.*1 to 100000/s],
    ['time that runs backwards', ['start', '--time-scale', '-1'], /--time-scale.*from 1 on/s],
    ['an unknown habit', ['start', '--habits', 'lateEvent'], /Did you mean "lateEvents"\?/],
    ['a habit more likely than certain', ['start', '--habits', 'ghosts=2'], /ghosts.*probability/s],
    ['jobs for what is no demo', ['start', '--config', 'x', '--once', '1'], /--once.*demo/s],
    ['a limit for what is no demo', ['start', '--config', 'x', '--limit', '1'], /--limit.*demo/s],
    ['a configuration that is not there', ['start', '--config', 'nowhere.json'], /nowhere\.json/],
    ['a configuration that is a folder', ['start', '--config', 'a-folder'], /a-folder/],
    ['GitHub without its secret', ['fake-github', '--data', '.'], /--webhook-secret-file/],
    [
      'a secret that is not there',
      ['fake-github', '--data', '.', '--webhook-secret-file', 'no'],
      /--webhook-secret-file/,
    ],
  ])('%s', async (_what, args, says) => {
    expect(await refusal(...args)).toMatch(says);
  });

  test('a configuration that is no JSON', async () => {
    const config = write('broken.json', '{"forge": {"url": oops');
    expect(await refusal('start', '--config', config)).toMatch(/broken\.json is no JSON file that can be read/);
  });

  test('three mistakes in a configuration are three lines, each with its field', async () => {
    const config = write('three.json', {
      ...deployment,
      prefix: 'No Prefix',
      compute: { kind: 'process' },
      fleets: { linux: { lables: ['self-hosted'], labels: ['self-hosted'] } },
    });
    const message = await refusal('start', '--config', config);
    expect(message.match(/^ {2}- \S+:/gm)).toEqual(['  - prefix:', '  - compute.command:', '  - fleets.linux.lables:']);
  });

  test('a key or a secret that is missing or empty is named by its file', async () => {
    const config = write('fleet.json', deployment);
    expect(await refusal('start', '--config', config)).toContain(join(folder.path, 'app.pem'));
    write('app.pem', 'not a key');
    expect(await refusal('start', '--config', config)).toContain(join(folder.path, 'secret'));
    write('secret', '\n');
    expect(await refusal('start', '--config', config)).toContain(`${join(folder.path, 'secret')} is empty`);
    write('secret', 'a secret');
    expect(await refusal('start', '--config', config)).toMatch(/privateKey is not an RSA private key/);
  });

  test('a port that somebody has', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await refusal('start', '--port', String(port))).toContain(String(port));
    server.close();
  });

  test('data that is a file', async () => {
    const data = write('a-file', '');
    expect(await refusal('start', '--data', data)).toContain('a-file');
  });
});

describe('help', () => {
  const commands = [[], ['start'], ['fake-github'], ['fake-runner']].map((command) => ({ command }));
  test.each(commands)('of $command names what there is, in lines that fit', async ({ command }) => {
    const help = ci(...command, '--help');
    expect(await help.ended(20)).toBe(0);
    expect(help.errors()).toBe('');
    expect(help.output()).toMatch(/^Usage: ci-runners/);
    expect(
      help
        .output()
        .split('\n')
        .filter((line) => line.length > 100),
    ).toEqual([]);
  });

  test('is what stands behind no command at all', async () => {
    const nothing = ci();
    expect(await nothing.ended(20)).toBe(1);
    expect(nothing.errors()).toMatch(/^Usage: ci-runners/);
  });
});
