import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ProcessFolder, processFolder } from '../../doubles/processes.ts';

const scripts = fileURLToPath(new URL('../../../../images/scripts', import.meta.url));
const bundle = fileURLToPath(new URL('../../../dist/host-agent.js', import.meta.url));

let root: ProcessFolder;
beforeEach(() => {
  root = processFolder();
});
afterEach(() => root[Symbol.dispose]());

const at = (path: string): string => join(root.path, path);
function program(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
  chmodSync(at(path), 0o755);
}
const nodeSaying = (version: string): string => `#!/bin/sh\necho ${version}\n`;
/** Without any Node of this computer. */
const path = '/usr/sbin:/usr/bin:/sbin:/bin';

function chooseNode(image = '') {
  for (const tool of ['timeout', 'install', 'mv', 'sort', 'bash', 'sh']) {
    const found = execFileSync('sh', ['-c', `command -v ${tool}`], { env: { PATH: path } })
      .toString()
      .trim();
    mkdirSync(at('tools'), { recursive: true });
    symlinkSync(found, at(`tools/${tool}`));
  }
  if (image) program('tools/node', nodeSaying(image));
  const argv = [join(scripts, 'choose-node.sh'), at('runner'), at('opt/node')];
  const { status, stdout, stderr } = spawnSync(at('tools/bash'), argv, { env: { PATH: at('tools') } });
  return { status, said: `${stdout}${stderr}` };
}

test('the agent gets the newest Node of the runner that starts here', () => {
  program('runner/externals/node16/bin/node', nodeSaying('v16.20.2'));
  program('runner/externals/node20/bin/node', nodeSaying('v20.19.0'));
  program('runner/externals/node24/bin/node', nodeSaying('v24.1.0'));
  program('runner/externals/node24_alpine/bin/node', nodeSaying('v24.1.0'));
  program('runner/externals/node30/bin/node', '#!/bin/sh\nexit 127\n');
  const { status, said } = chooseNode('v22.0.0');
  expect(said).toContain('externals/node24/bin/node, v24.1.0');
  expect(status).toBe(0);
});

test('else the image’s own', () => {
  program('runner/externals/node16/bin/node', nodeSaying('v16.20.2'));
  expect(chooseNode('v22.0.0')).toMatchObject({ status: 0, said: expect.stringContaining('tools/node, v22.0.0') });
});

test('else it says what is missing', () => {
  expect(chooseNode('v18.0.0')).toMatchObject({ status: 1, said: expect.stringContaining('no-runtime') });
});

const install = (): string => {
  mkdirSync(at('opt/ci-runners'), { recursive: true });
  cpSync(bundle, at('opt/ci-runners/host-agent.js'));
  return execFileSync(join(scripts, 'install-agent.sh'), [root.path]).toString();
};

test('an image that has all is told so, and one that lacks something what it is', () => {
  install();
  program('opt/actions-runner/run.sh', '#!/bin/sh\n');
  program('opt/actions-runner/externals/node22/bin/node', `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
  // As on the image: these are systemd's.
  const tools = { PATH: `${fileURLToPath(new URL('bin', import.meta.url))}:${path}` };
  const whole = spawnSync(at('opt/ci-runners/ci-runners-selftest'), [root.path], { env: tools });
  expect(whole.stdout.toString()).not.toContain('failed');
  expect(whole.status).toBe(0);
  chmodSync(at('opt/ci-runners/host-agent.js'), 0o666);
  const open = spawnSync(at('opt/ci-runners/ci-runners-selftest'), [root.path], { env: tools });
  expect(open.stdout.toString()).toContain('failed  no job can change the agent');
  expect(open.status).toBe(1);
});

test('without an agent nothing is installed', () => {
  expect(() => execFileSync(join(scripts, 'install-agent.sh'), [root.path], { stdio: 'pipe' })).toThrow('no-agent');
});

test('systemd takes the units', () => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) {
    process.stderr.write('systemd-analyze is not installed: the units were not verified.\n');
    return;
  }
  install();
  for (const file of ['opt/ci-runners/node', 'usr/bin/systemctl', 'usr/bin/systemd-run', 'bin/sh']) program(file, '');
  cpSync('/usr/lib/systemd/system', at('usr/lib/systemd/system'), { recursive: true, verbatimSymlinks: true });
  const units = readdirSync(scripts).filter((name) => /\.(service|timer)$/.test(name));
  const { stderr } = spawnSync('systemd-analyze', ['verify', `--root=${root.path}`, ...units]);
  expect(units.length).toBeGreaterThan(2);
  expect(
    stderr
      .toString()
      .split('\n')
      .filter((line) => line.includes('ci-runners')),
  ).toEqual([]);
  // A mistake would be told.
  writeFileSync(at('etc/systemd/system/ci-runners-agent.service'), '[Service]\nRestart=allways\n');
  const broken = spawnSync('systemd-analyze', ['verify', `--root=${root.path}`, 'ci-runners-agent.service']);
  expect(broken.stderr.toString()).toContain('allways');
});
