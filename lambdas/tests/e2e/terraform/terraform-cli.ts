import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Engine } from '../../engine/engine.ts';

export interface TerraformCli {
  /** What it printed; throws what it said when it failed. */
  run(...args: readonly string[]): Promise<string>;
}

const outputLimitBytes = 64 * 1024 * 1024;

/** Terraform in a folder, whose AWS is the engine. */
export function terraformCli(folder: string, engine: Engine, ec2Url: string): TerraformCli {
  const { PATH, HOME, TF_CLI_CONFIG_FILE } = process.env;
  const env = {
    PATH,
    HOME,
    // Names the mirror of a machine without a registry.
    ...(TF_CLI_CONFIG_FILE && { TF_CLI_CONFIG_FILE }),
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    AWS_ENDPOINT_URL: engine.url,
    AWS_ENDPOINT_URL_EC2: ec2Url,
    ...(engine.certFile && { AWS_CA_BUNDLE: engine.certFile }),
    AWS_ACCESS_KEY_ID: engine.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: engine.credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return {
    async run(...args) {
      const options = { cwd: folder, env, maxBuffer: outputLimitBytes };
      try {
        return (await promisify(execFile)('terraform', [...args], options)).stdout;
      } catch (error) {
        throw sentenceOf(args, error as NodeJS.ErrnoException & { stdout?: string; stderr?: string });
      }
    },
  };
}

function sentenceOf(args: readonly string[], error: NodeJS.ErrnoException & { stdout?: string; stderr?: string }) {
  if (error.code === 'ENOENT') return new Error('terraform is missing: install Terraform 1.9 or later.');
  const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
  if (/Failed to (query available|install) provider/.test(said)) {
    return new Error(
      'Terraform finds no AWS provider: reach its registry, or name a mirror by TF_CLI_CONFIG_FILE (filesystem_mirror).',
    );
  }
  return new Error(`terraform ${args[0]}:\n${said}`);
}
