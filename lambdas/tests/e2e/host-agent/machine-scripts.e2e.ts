import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ProcessFolder, processFolder } from '../../doubles/processes.ts';

const scripts = fileURLToPath(new URL('../../../../images/scripts', import.meta.url));
const path = '/usr/sbin:/usr/bin:/sbin:/bin';

let place: ProcessFolder;
beforeEach(() => {
  place = processFolder();
  mkdirSync(at('bin'));
});
afterEach(() => place[Symbol.dispose]());

const at = (name: string): string => join(place.path, name);
function tool(name: string, lines: string): void {
  writeFileSync(at(`bin/${name}`), `#!/bin/bash\n${lines}\n`);
  chmodSync(at(`bin/${name}`), 0o755);
}

/** The newest release as GitHub's API tells it, in one line or in many. */
function releaseOf(digest: string, indent?: number): string {
  const asset = (name: string, sha256: string) => ({
    ...{ name, uploader: { login: 'github-actions[bot]' }, digest: `sha256:${sha256}` },
    browser_download_url: `https://github.com/actions/runner/releases/download/v2.999.0/${name}`,
  });
  const others = ['linux-arm', 'osx-x64'].map((kind) => asset(`actions-runner-${kind}-2.999.0.tar.gz`, '0'.repeat(64)));
  const ours = ['linux-x64', 'linux-arm64'].map((kind) => asset(`actions-runner-${kind}-2.999.0.tar.gz`, digest));
  return JSON.stringify({ name: 'v2.999.0', assets: [...others, ...ours] }, undefined, indent);
}

function installRunner(release: string) {
  writeFileSync(at('release.json'), release);
  // Installs nothing on this computer, and reaches nobody.
  for (const name of ['dnf', 'apt-get', 'apt-cache', 'sleep']) tool(name, ':');
  tool(
    'curl',
    `case "$*" in
      *api.github.com*) cat '${at('release.json')}' ;;
      *) while [ "$1" != --output ]; do shift; done; cp '${at('runner.tar.gz')}' "$2" ;;
    esac`,
  );
  const env = { PATH: `${at('bin')}:${path}`, CI_RUNNERS_RUNNER_FOLDER: at('runner') };
  const { status, stdout, stderr } = spawnSync(join(scripts, 'install-runner.sh'), ['root'], { env });
  return { status, said: `${stdout}${stderr}` };
}

test('an image without a runner gets the newest release, and only by the checksum that GitHub tells', () => {
  mkdirSync(at('package'));
  writeFileSync(at('package/run.sh'), '#!/bin/sh\n');
  chmodSync(at('package/run.sh'), 0o755);
  execFileSync('tar', ['--create', '--gzip', '--file', at('runner.tar.gz'), '--directory', at('package'), '.']);
  const digest = createHash('sha256')
    .update(readFileSync(at('runner.tar.gz')))
    .digest('hex');

  const forged = installRunner(releaseOf('1'.repeat(64)));
  expect(forged).toMatchObject({ status: 1, said: expect.stringContaining('was not to be had with the checksum') });
  expect(existsSync(at('runner/run.sh'))).toBe(false);
  const silent = installRunner('{"message":"API rate limit exceeded"}');
  expect(silent).toMatchObject({ status: 1 });

  for (const indent of [undefined, 2]) {
    const done = installRunner(releaseOf(digest, indent));
    expect(done).toMatchObject({ status: 0, said: expect.stringContaining('2.999.0') });
    expect(existsSync(at('runner/run.sh'))).toBe(true);
    execFileSync('rm', ['-r', at('runner')]);
  }
});

/** Whether a user reaches an address: what is there answers with a connection, and the kernel's refusal comes at once. */
const reaching = (user: string, address: string): string =>
  `setpriv --reuid ${user} --clear-groups timeout 3 bash -c 'exec 3<> /dev/tcp/${address}/80' 2> /dev/null && echo '${user} reaches ${address}'`;

test('jobs are kept from the metadata, and root and the rest of the network are not', () => {
  const tried = spawnSync('unshare', ['--net', 'nft', 'list', 'ruleset'], { env: { PATH: process.env.PATH } });
  if (tried.status !== 0) {
    process.stderr.write(
      'nft, or a network namespace, is not to be had: the rules that keep jobs from metadata were not tried.\n',
    );
    return;
  }
  const lines = [
    'ip link set lo up; ip address add 169.254.169.254/32 dev lo; ip address add 169.254.1.1/32 dev lo',
    'ip address add fd00:ec2::254/128 dev lo nodad || true',
    `'${process.execPath}' -e 'require("http").createServer((q, s) => s.end()).listen(80, "::")' &`,
    'server=$!; sleep 1',
    `'${join(scripts, 'block-imds.sh')}' nobody && '${join(scripts, 'block-imds.sh')}' nobody || exit 1`,
    ...['root', 'nobody'].flatMap((user) =>
      ['169.254.169.254', '169.254.1.1', 'fd00:ec2::254'].map((address) => reaching(user, address)),
    ),
    'kill $server',
  ];
  const { stdout } = spawnSync('unshare', ['--net', 'bash', '-c', lines.join('\n')], {
    env: { PATH: process.env.PATH },
  });
  const reached = stdout
    .toString()
    .trim()
    .split('\n')
    .filter((line) => !line.includes('fd00') || line.startsWith('nobody'));
  expect(reached).toEqual(['root reaches 169.254.169.254', 'root reaches 169.254.1.1', 'nobody reaches 169.254.1.1']);
});

test('root cannot be kept from the metadata, and is told so', () => {
  const { status, stderr } = spawnSync(join(scripts, 'block-imds.sh'), ['root']);
  expect(status).toBe(1);
  expect(stderr.toString()).toContain('root cannot be kept');
});
