import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { dynamodbHosts } from '../../../src/adapters/hosts/dynamodb-hosts.ts';
import { viewProcesses } from '../../../src/adapters/process/process-view.ts';
import { processFolder, until } from '../../doubles/processes.ts';
import { engine } from '../../engine/engine.ts';
import { engineClient, newTable } from '../contracts/new-tables.ts';
import { bootScript } from './boot-files.ts';
import { fakeImds, roleSecret, roleToken } from './fake-imds.ts';
import { policy } from './scratch-machine.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const lane = { fleet: 'small', scope: 'org:acme' } as const;
const roleId = 'AROAREALSYSTEMD00001';
const instanceId = 'i-systemd';
const runScript = '#!/bin/bash\nid -un\necho Listening for Jobs\n(exec -a Runner.Worker sleep 25.25) &\nwait\n';
const grantSecret = 'a "b" $c of the grant';
const namespaces = ['--pid', '--mount', '--uts', '--ipc', '--cgroup', '--fork', '--kill-child'];

/** Empty: it can. What is missing otherwise. */
function reasonAgainst(): string {
  if (!existsSync('/lib/systemd/systemd')) return 'systemd is not installed';
  const tried =
    'mount -t tmpfs t /mnt && mkdir /mnt/u /mnt/w /mnt/r && mount -t cgroup2 none /mnt/r && umount /mnt/r && mount -t overlay o -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/r';
  const { status } = spawnSync('unshare', [...namespaces, '--propagation', 'private', 'sh', '-c', tried]);
  return status === 0 ? '' : 'namespaces and overlays need rights that are not given here';
}

const pidOf = (command: string): number | undefined => {
  const view = viewProcesses();
  return view.all().find(({ pid }) => view.argvOf(pid).join(' ').startsWith(command))?.pid;
};

test('under a real systemd the boot script makes a runner; its agent is killed, the job goes on, and its end powers the machine off', async () => {
  const against = reasonAgainst();
  if (against) {
    process.stderr.write(`The agent was not tried under a real systemd: ${against}.\n`);
    return;
  }
  using place = processFolder();
  const tableName = await newTable('pk');
  const hosts = dynamodbHosts({ client: engineClient(), tableName, clock: systemClock(), roleIdOf: () => roleId });
  const row = async () => (await hosts.read(lane, [instanceId])).get(instanceId);
  await hosts.open(lane, [{ instanceId, policy }]);
  await hosts.give(lane, instanceId, {
    ...{ registration: { id: '1', name: 'ghr-i' }, singleUse: true, boot: { argv: [], env: { SECRET: grantSecret } } },
  });
  const imds = await fakeImds({ instanceId, startedAt: new Date() });
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: engine().url,
    AWS_ENDPOINT_URL_S3: engine().url,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: imds.url,
  };
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(place.path, 'environment'), lines.join(''));
  const script = await bootScript({ folder: place.path, roleId, hostsTable: tableName, runScript });
  writeFileSync(join(place.path, 'user-data'), script);
  let systemd: ChildProcess | undefined;
  try {
    const boot = [pathOf('bin/boot-systemd'), place.path];
    systemd = spawn('unshare', [...namespaces, '--propagation', 'private', ...boot], { stdio: 'ignore' });
    const bootLog = () => readFileSync(join(place.path, 'user-data.log'), 'utf8');
    await until('it sees a worker', async () => (await row())?.lease?.sees === 'busy', 40).catch((error: Error) => {
      throw new Error(`${error.message}\n${bootLog().slice(-3_000)}`);
    });
    const [agent, worker] = [pidOf('/opt/ci-runners/node'), pidOf('Runner.Worker 25.25')];
    process.kill(agent ?? 0, 'SIGKILL');
    await until('another agent is there', () => ![undefined, agent].includes(pidOf('/opt/ci-runners/node')));
    const counter = (await row())?.lease?.counter ?? 0;
    await until('its lease moves on', async () => ((await row())?.lease?.counter ?? 0) > counter);
    expect((await row())?.lease?.sees).toBe('busy');
    expect(pidOf('Runner.Worker 25.25')).toBe(worker);
    await until('the machine is off', () => systemd?.exitCode !== null || systemd.signalCode !== null, 60);
    expect((await row())?.lease).toMatchObject({ sees: 'done', reason: 'job-done' });
    const stages = [
      'system',
      'pre-install',
      'agent-files',
      'runner-files',
      'post-install',
      'start',
      'agent',
      'grant',
      'runner',
    ];
    expect(Object.keys((await row())?.lease?.boot ?? {}).sort()).toEqual(stages.sort());
    // Each command is in it, and no secret.
    expect(bootLog()).toContain('+ bash');
    for (const secret of [grantSecret, roleSecret, roleToken]) expect(bootLog()).not.toContain(secret);
  } finally {
    systemd?.kill('SIGKILL');
    await imds.stop();
  }
});
