import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ProcessFolder, processFolder, skippingClock, until } from '../../../../tests/doubles/processes.ts';
import type { RunnerGrant } from '../../../ports/forge.ts';
import type { Commands } from './commands.ts';
import { linuxMachine, makeFolders, wasRunnerBegun } from './linux-machine.ts';

const grant: RunnerGrant = {
  registration: { id: '1', name: 'ghr-i-1' },
  singleUse: true,
  boot: { argv: ['--once'], env: { RUNNER_SECRET: 'a "b" $c `d` \\e' } },
};

let place: ProcessFolder;
beforeEach(() => {
  place = processFolder();
});
afterEach(() => place[Symbol.dispose]());

function start(script: string, answers: { fails?: boolean; pid?: number } = {}) {
  const seen = { argv: [] as readonly string[], environment: '', mode: 0, pid: answers.pid ?? 0 };
  const stateFolder = join(place.path, 'state');
  const environmentFile = join(stateFolder, 'runner.env');
  const commands: Commands = {
    run: async (argv) => {
      if (argv[0] === 'systemctl') return `MainPID=${seen.pid}\n`;
      if (answers.fails) throw new Error('systemd-run: no');
      Object.assign(seen, {
        argv,
        environment: readFileSync(environmentFile, 'utf8'),
        mode: statSync(environmentFile).mode & 0o777,
      });
      const options = { cwd: place.path, detached: true, stdio: 'ignore' } as const;
      seen.pid = spawn('bash', ['-c', script, 'runner'], options).pid ?? 0;
      return '';
    },
  };
  const options = {
    ...{ instanceId: 'i-1', startedAt: 0, runnerFolder: '/opt/actions-runner', stateFolder, commands },
    ...{ logFolder: join(place.path, 'log'), clock: skippingClock(), notice: async () => null },
  };
  makeFolders(options);
  const machine = (runAs = 'ec2-user') => linuxMachine({ ...options, runAs });
  return { seen, machine, environmentFile, stateFolder };
}

test('the runner gets a unit of its own; its secret is a file of root’s that is gone once it runs', async () => {
  const { seen, machine, environmentFile, stateFolder } = start('exec sleep 600');
  expect(await machine().runner()).toBe('none');
  await machine().startRunner(grant);
  const line = seen.argv.join(' ');
  for (const part of ['--unit=ci-runner.service', '--uid=ec2-user', 'OOMPolicy=continue', 'TasksMax=infinity']) {
    expect(line).toContain(part);
  }
  expect(line).toMatch(/-- \/opt\/actions-runner\/run\.sh --once$/);
  expect(line).not.toContain('RUNNER_SECRET');
  expect(seen.environment).toBe('RUNNER_SECRET="a \\"b\\" \\$c \\`d\\` \\\\e"\n');
  expect(seen.mode).toBe(0o600);
  expect(statSync(stateFolder).mode & 0o777).toBe(0o700);
  expect(existsSync(environmentFile)).toBe(false);
  // An agent that is started anew finds it.
  expect(await machine().runner()).toBe('running');
  await expect(machine().startRunner(grant)).rejects.toThrow('started here before');
});

test('a full state folder blinds nobody: the runner and its worker are seen, look after look', async () => {
  const { machine, stateFolder } = start('(exec -a Runner.Worker sleep 600) & wait');
  await machine().startRunner(grant);
  // Where the state is written before it takes its place.
  symlinkSync('/dev/full', join(stateFolder, `runner.json.${process.pid}.tmp`));
  await until('the worker is seen', async () => (await machine().worker()) === 'running');
  expect(await machine().runner()).toBe('running');
  expect(readFileSync(join(stateFolder, 'runner.json'), 'utf8')).toBe('{}');
});

test('who runs jobs as root tells GitHub’s runner that it may', async () => {
  const { seen, machine } = start('exec sleep 600');
  await machine('root').startRunner(grant);
  expect(seen.environment).toContain('RUNNER_ALLOW_RUNASROOT="1"');
});

test('a worker is seen, also one whose listener died, and by an agent that never saw that one', async () => {
  const { seen, machine } = start('(exec -a Runner.Worker sleep 600) & sleep 1');
  await machine().startRunner(grant);
  await until('a worker is seen', async () => (await machine().worker()) === 'running');
  const other = machine();
  await until('the listener is gone', async () => (await other.runner()) === 'exited');
  expect(await other.worker()).toBe('running');
  expect(await machine().worker()).toBe('running');
  process.kill(-seen.pid, 'SIGKILL');
  await until('the worker is gone', async () => (await other.worker()) === 'none');
});

test('a start that failed may be tried again; one that may have worked is not', async () => {
  const failed = start('', { fails: true });
  await expect(failed.machine().startRunner(grant)).rejects.toThrow('systemd-run: no');
  expect(wasRunnerBegun(failed.stateFolder)).toBe(false);
  const doubtful = start('', { fails: true, pid: process.pid });
  await expect(doubtful.machine().startRunner(grant)).rejects.toThrow('systemd-run: no');
  expect(await doubtful.machine().runner()).toBe('running');
});

test('a runner that was over before anybody looked has exited', async () => {
  const { seen, machine } = start('exit 0');
  await machine().startRunner(grant);
  seen.pid = 0;
  expect(await machine().runner()).toBe('exited');
  expect(await machine().worker()).toBe('none');
});
