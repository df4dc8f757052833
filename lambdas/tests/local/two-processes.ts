import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { viewProcesses, workingIn } from '../../src/adapters/process/process-view.ts';
import type { ShownJob } from '../../src/fakes/github/shapes/shown-job.ts';
import type { ShownRunner } from '../../src/fakes/github/shapes/shown-runner.ts';
import { processFolder } from '../doubles/processes.ts';
import { programIn } from './program.ts';
import { printed, type Running, run } from './running.ts';

/** A fake GitHub and a control plane, each a process, as a user would start them. */
export interface TwoProcesses {
  /** Starts the control plane, always with the same arguments. */
  start(): Promise<Running>;
  queueJobs(count: number, seconds: number): Promise<void>;
  jobs(): Promise<readonly ShownJob[]>;
  registrations(): Promise<readonly ShownRunner[]>;
  /** Ids of machines of which anything runs. */
  machines(): ReadonlySet<string>;
  [Symbol.dispose](): void;
}

export async function twoProcesses(limit: number): Promise<TwoProcesses> {
  const folder = processFolder();
  const at = (name: string): string => join(folder.path, name);
  const program = programIn(folder.path);
  writeFileSync(at('secret'), 'a secret of the test\n');
  const port = String(await freePort());

  const hook = ['--webhook-url', `http://127.0.0.1:${port}/webhook`, '--webhook-secret-file', at('secret')];
  const github = run(folder.path, program.main, ['fake-github', '--port', '0', ...hook, '--data', at('github')]);
  const url = await printed(github, /^listening on (\S+)$/m);
  const privateKeyFile = await printed(github, /^app key: (\S+)$/m);
  const id = Number(await printed(github, /^app id: (\d+)$/m));
  const config = {
    forge: { kind: 'github', url, app: { id, privateKeyFile }, webhookSecretFile: 'secret' },
    compute: { kind: 'process', command: [process.execPath, program.fakeRunner] },
    fleets: { small: { labels: ['self-hosted', 'linux', 'x64'], runnersMaximumCount: limit } },
  };
  writeFileSync(at('fleet.json'), JSON.stringify(config));
  mkdirSync(at('data/instances'), { recursive: true });
  const instances = realpathSync(at('data/instances'));

  const control = async <T>(what: string, init: RequestInit = {}): Promise<T> => {
    const answer = await fetch(`${url}/_control/${what}`, init);
    if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    async start() {
      const args = ['start', '--config', at('fleet.json'), '--data', at('data'), '--port', port, '--time-scale', '60'];
      const stack = run(folder.path, program.main, args);
      await printed(stack, /^listening on (\S+)$/m);
      return stack;
    },
    queueJobs: async (count, seconds) => {
      await control('jobs', { method: 'POST', body: JSON.stringify({ count, seconds }) });
    },
    jobs: () => control('jobs'),
    registrations: () => control('runners'),
    machines() {
      const view = viewProcesses();
      const working = workingIn(view, instances).map(({ pid }) => view.folderOf(pid) ?? '');
      return new Set(working.map((path) => path.slice(instances.length + 1).split('/')[0] ?? ''));
    },
    [Symbol.dispose]: folder[Symbol.dispose],
  };
}

/** One that nobody had a moment ago: a port has to be told to GitHub before there is anybody who listens on it. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
