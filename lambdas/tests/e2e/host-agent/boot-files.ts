import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engine } from '../../engine/engine.ts';

const inProject = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const bucket = 'boot-files';
const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export interface BootFilesOptions {
  readonly folder: string;
  readonly roleId: string;
  readonly hostsTable: string;
  /** What stands as `run.sh` in GitHub's package. */
  readonly runScript: string;
}

/**
 * A boot script as Terraform renders it, which is what stands in modules/_boot/golden, with this deployment's values in
 * place of the example's; and in S3 what it fetches.
 */
export async function bootScript({ folder, roleId, hostsTable, runScript }: BootFilesOptions): Promise<string> {
  const agent = readFileSync(inProject('lambdas/dist/host-agent.js'));
  const runner = runnerPackage(folder, runScript);
  await upload('host-agent.js', agent);
  await upload('actions-runner.tar.gz', runner);
  const values: readonly (readonly [RegExp, string])[] = [
    [/s3:\/\/ci-binaries-\S+?\.js' (\S+) '[0-9a-f]{64}'/, `s3://${bucket}/host-agent.js' $1 '${sha256Of(agent)}'`],
    [/s3:\/\/ci-mirror\/\S+?' '[0-9a-f]{64}'/, `s3://${bucket}/actions-runner.tar.gz' '${sha256Of(runner)}'`],
    [/AROAEXAMPLE123456789/, roleId],
    [/^(CI_RUNNERS_HOSTS_TABLE)=.*$/m, `$1=${hostsTable}`],
    // This computer's own network would be closed.
    [/CI_RUNNERS_BLOCK_IMDS=true/g, 'CI_RUNNERS_BLOCK_IMDS=false'],
    [/eu-central-1/g, engine().region],
  ];
  const golden = readFileSync(inProject('modules/_boot/golden/private-network.sh'), 'utf8');
  return values.reduce((script, [example, value]) => {
    if (!script.match(example)) throw new Error(`the golden boot script has no ${example}`);
    return script.replace(example, value);
  }, golden);
}

/** As GitHub's is laid out: its Node is this one. */
function runnerPackage(folder: string, runScript: string): Buffer {
  const place = join(folder, 'package');
  mkdirSync(join(place, 'externals/node22/bin'), { recursive: true });
  symlinkSync(process.execPath, join(place, 'externals/node22/bin/node'));
  writeFileSync(join(place, 'run.sh'), runScript);
  chmodSync(join(place, 'run.sh'), 0o755);
  return execFileSync('tar', ['--create', '--gzip', '--directory', place, '.']);
}

async function upload(key: string, bytes: Buffer): Promise<void> {
  const { url, region } = engine();
  const headers = { Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/s3/aws4_request` };
  const place = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  await fetch(`${url}/${bucket}`, { method: 'PUT', headers, body: place });
  const { ok, status } = await fetch(`${url}/${bucket}/${key}`, {
    method: 'PUT',
    headers,
    body: new Uint8Array(bytes),
  });
  if (!ok) throw new Error(`S3 answered ${status} to ${key}`);
}
