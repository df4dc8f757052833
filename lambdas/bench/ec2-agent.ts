import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { documentedTiming } from '../src/core/timing.ts';
import { hostPolicyOf } from '../src/functions/host-policy.ts';
import { processFolder } from '../tests/doubles/processes.ts';
import { fakeImds } from '../tests/e2e/host-agent/fake-imds.ts';
import { fleet } from '../tests/fleet.ts';
import type { Figures } from './figures.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const settleSeconds = 10;
const restSeconds = 60;
/** What `getconf CLK_TCK` says on every Linux of today. */
const ticksPerSecond = 100;

/** The agent as it is deployed, from its start to a runner that listens, and then at rest, where it spends its life. */
export async function ec2Agent(): Promise<Figures> {
  const bundle = pathOf('dist/host-agent.js');
  if (!existsSync(bundle) || process.platform !== 'linux') return {};
  const place = processFolder();
  const at = (name: string): string => join(place.path, name);
  copyFileSync(bundle, at('host-agent.js'));
  mkdirSync(at('runner'));
  writeFileSync(at('runner/run.sh'), '#!/bin/sh\nexec sleep 600\n');
  chmodSync(at('runner/run.sh'), 0o755);
  const table = await oneRowTable();
  const imds = await fakeImds({ instanceId: 'i-bench', startedAt: new Date() });

  const scriptMilliseconds = bootScripts(place.path);
  const startedAt = performance.now();
  const agent = spawn(process.execPath, [at('host-agent.js')], {
    cwd: place.path,
    stdio: 'ignore',
    env: {
      PATH: `${pathOf('tests/e2e/host-agent/bin')}:${process.env.PATH}`,
      SCRATCH: place.path,
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL_DYNAMODB: table.url,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: imds.url,
      CI_RUNNERS_ROLE_ID: 'AROABENCH',
      CI_RUNNERS_HOSTS_TABLE: 'hosts',
      CI_RUNNERS_RUN_AS: 'runner',
      CI_RUNNERS_RUNNER_FOLDER: at('runner'),
      CI_RUNNERS_STATE_FOLDER: at('state'),
      CI_RUNNERS_LOG_FOLDER: at('log'),
    },
  });
  try {
    const startMilliseconds = (await table.runnerSeenAt) - startedAt;
    await wait(settleSeconds * 1000);
    const before = processorSeconds(agent.pid);
    await wait(restSeconds * 1000);
    const restPercent = ((processorSeconds(agent.pid) - before) / restSeconds) * 100;
    const residentMegabytes = residentKilobytes(agent.pid) / 1024;
    // From the boot script's first line to a runner: nothing is downloaded, and its registration is there.
    const bootMilliseconds = scriptMilliseconds + startMilliseconds;
    return { bootMilliseconds, startMilliseconds, residentMegabytes, processorPercentAtRest: restPercent };
  } finally {
    agent.kill('SIGKILL');
    await Promise.all([imds.stop(), table.stop()]);
    place[Symbol.dispose]();
  }
}

/** What a machine does between its download and its agent's start: installs the files, and chooses a Node for it. */
function bootScripts(folder: string): number {
  const scripts = pathOf('../images/scripts');
  const root = join(folder, 'root');
  mkdirSync(join(root, 'opt/ci-runners'), { recursive: true });
  mkdirSync(join(folder, 'externals/node22/bin'), { recursive: true });
  symlinkSync(process.execPath, join(folder, 'externals/node22/bin/node'));
  copyFileSync(join(folder, 'host-agent.js'), join(root, 'opt/ci-runners/host-agent.js'));
  const startedAt = performance.now();
  execFileSync(join(scripts, 'install-agent.sh'), [root]);
  execFileSync(join(scripts, 'choose-node.sh'), [folder, join(root, 'opt/ci-runners/node')]);
  return performance.now() - startedAt;
}

const processorSeconds = (pid: number | undefined): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Its own, and that of commands that it waited for.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
};

const residentKilobytes = (pid: number | undefined): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** DynamoDB with one row: its grant is given, and nothing that is written to it is kept. */
async function oneRowTable() {
  const grant = { registration: { M: {} }, boot: { M: { argv: { L: [] }, env: { M: {} } } } };
  const policy = Object.fromEntries(
    Object.entries(hostPolicyOf(fleet(), documentedTiming)).map(([name, value]) => [name, { N: String(value) }]),
  );
  const item = { pk: { S: 'AROABENCH:i-bench' }, policy: { M: policy }, registration: { M: {} } };
  let onRunner: (at: number) => void = () => undefined;
  const runnerSeenAt = new Promise<number>((resolve) => {
    onRunner = resolve;
  });
  const server = createServer(async (request, response) => {
    if ((await text(request)).includes('"S":"idle"')) onRunner(performance.now());
    const isRead = String(request.headers['x-amz-target']).endsWith('GetItem');
    response.setHeader('Content-Type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(isRead ? { Item: item } : { Attributes: { grant: { M: grant } } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    runnerSeenAt,
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
