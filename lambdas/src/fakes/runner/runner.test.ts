import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { type Testbed, testbed } from '../github/testbed.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

interface RunnerProcess {
  readonly lines: readonly string[];
  readonly exit: Promise<number | null>;
  /** Resolves when a line begins so. */
  printed(start: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

function startRunner(jitConfig: string): RunnerProcess {
  const env = { ...process.env, NODE_OPTIONS: '', ACTIONS_RUNNER_INPUT_JITCONFIG: jitConfig };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trimEnd().split('\n')));
  return {
    lines,
    exit: new Promise((resolve) => child.once('close', resolve)),
    printed: (start) =>
      new Promise((resolve) => {
        const check = (): void => (lines.some((line) => line.startsWith(start)) ? resolve() : undefined);
        check();
        child.stdout.on('data', check);
      }),
    kill: (signal) => void child.kill(signal),
  };
}

async function jitConfig({ api }: Testbed, name = 'r1'): Promise<string> {
  const wish = { name, runner_group_id: 1, labels: ['self-hosted', 'linux', 'x64'] };
  return (await api('POST', '/orgs/acme/actions/runners/generate-jitconfig', wish)).body.encoded_jit_config;
}

test('a runner runs one job, says so as GitHub’s does, and ends', async () => {
  const bed = await testbed();
  const runner = startRunner(await jitConfig(bed));
  await runner.printed('Listening for Jobs');
  bed.fake.addJobs({ seconds: 0.1 });
  expect(await runner.exit).toBe(0);
  expect(runner.lines).toEqual([
    '√ Connected to GitHub',
    'Listening for Jobs',
    'Running job: build (1)',
    'Job build (1) completed with result: Succeeded',
  ]);
  expect(bed.fake.jobs()).toMatchObject([{ conclusion: 'success', runner_name: 'r1', starts: 1 }]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends an idle runner, whose session is closed', async (signal) => {
  const bed = await testbed();
  const runner = startRunner(await jitConfig(bed));
  await runner.printed('Listening for Jobs');
  await bed.fake.until(() => bed.fake.runners()[0]?.status === 'online');
  runner.kill(signal);
  expect(await runner.exit).toBe(0);
  expect(bed.fake.runners()).toMatchObject([{ name: 'r1', status: 'offline' }]);
});

test('a signal lets the job of a busy runner be finished', async () => {
  const bed = await testbed();
  bed.fake.addJobs({ seconds: 0.5 });
  const runner = startRunner(await jitConfig(bed));
  await runner.printed('Running job');
  runner.kill('SIGTERM');
  expect(await runner.exit).toBe(0);
  expect(bed.fake.jobs()).toMatchObject([{ conclusion: 'success' }]);
});

test('a second signal ends the job', async () => {
  const bed = await testbed();
  bed.fake.addJobs({ seconds: 3600 });
  const runner = startRunner(await jitConfig(bed));
  await runner.printed('Running job');
  runner.kill('SIGTERM');
  await runner.printed('Stopping');
  runner.kill('SIGTERM');
  expect(await runner.exit).toBe(0);
  expect(bed.fake.jobs()).toMatchObject([{ conclusion: 'failure' }]);
});

test('a job that is cancelled at the forge ends', async () => {
  const bed = await testbed();
  const [job] = bed.fake.addJobs({ seconds: 3600 });
  const runner = startRunner(await jitConfig(bed));
  await runner.printed('Running job');
  await bed.call('POST', `/_control/jobs/${job?.id}/cancel`);
  expect(await runner.exit).toBe(0);
  expect(runner.lines.at(-1)).toBe('Job build (1) completed with result: Canceled');
  expect(bed.fake.jobs()).toMatchObject([{ conclusion: 'cancelled' }]);
});

test('a runner whose registration is deleted ends with an error', async () => {
  const bed = await testbed();
  const runner = startRunner(await jitConfig(bed));
  await runner.printed('Listening for Jobs');
  await bed.fake.until(() => bed.fake.runners()[0]?.status === 'online');
  await bed.api('DELETE', `/orgs/acme/actions/runners/${bed.fake.runners()[0]?.id}`);
  expect(await runner.exit).toBe(1);
  expect(runner.lines.at(-1)).toContain('registration has been deleted');
});

test.each(['', 'nonsense', Buffer.from('{"url":"x"}').toString('base64')])(
  '%j is no JIT configuration',
  async (text) => {
    const runner = startRunner(text);
    expect(await runner.exit).toBe(1);
    expect(runner.lines).toEqual(['The JIT configuration cannot be read.']);
  },
);

/** Loses the first call of each kind: by turns without an answer, and with a gateway's. */
async function badGateway(bed: Testbed, token: string) {
  const seen = new Set<string>();
  const server = createServer(async (request, response) => {
    const key = `${request.method} ${request.url}`;
    const first = !seen.has(key);
    seen.add(key);
    if (first && seen.size % 2 === 0) return void response.destroy();
    if (first) return void response.writeHead(502).end();
    const sent = (await request.setEncoding('utf8').toArray()).join('');
    // The runner leaves, and then the forge ends, while its last poll is still open.
    const reply = await bed.call(request.method ?? '', request.url ?? '', sent || undefined, token).catch(() => null);
    response.writeHead(reply?.status ?? 502).end(reply?.body && JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

test('a forge that fails for a while loses no job', async () => {
  const bed = await testbed();
  bed.fake.addJobs({ seconds: 0 });
  const config = JSON.parse(Buffer.from(await jitConfig(bed), 'base64').toString('utf8'));
  const gateway = await badGateway(bed, config.token);

  const runner = startRunner(Buffer.from(JSON.stringify({ ...config, url: gateway.url })).toString('base64'));
  expect(await runner.exit).toBe(0);
  gateway.stop();
  expect([...gateway.seen].map((key) => key.split('/').at(-1))).toEqual(['session', 'message', 'acquire', 'finish']);
  expect(bed.fake.jobs()).toMatchObject([{ conclusion: 'success', starts: 1 }]);
});
