import type { ReadParameters } from '../../adapters/config/ssm-parameters.ts';
import type { AwsConfig, Config } from '../../core/config.ts';
import type { ConfigUse } from '../../core/deployment-problems.ts';
import { ConfigError } from '../../core/errors.ts';
import type { ReadSecret } from '../../core/forge-secrets.ts';
import { joinDocuments } from '../../core/join-documents.ts';
import { parseConfig } from '../../core/parse-config.ts';
import { scaledConfig } from '../../core/scaled-config.ts';
import { scaledTiming, type Timing } from '../../core/timing.ts';

/** All that a cold start reads. */
export interface Settings {
  readonly config: Config;
  readonly aws: AwsConfig;
  readonly timing: Timing;
  readonly readSecret: ReadSecret;
}

/** `names`: what `CONFIG_PARAMETERS` holds. Throws `ConfigError`, which names parameters and fields and no value. */
export async function readSettings(read: ReadParameters, names: string, use: ConfigUse): Promise<Settings> {
  const wanted = names.split(/\s+/).filter((name) => name !== '');
  const values = await read(wanted);
  const config = parseConfig(joinDocuments(wanted, values), use);
  if (config.aws === undefined) throw new ConfigError(['compute.kind: must be "ec2" where the functions run on AWS']);
  return {
    config: scaledConfig(config, config.timeScale),
    aws: config.aws,
    timing: scaledTiming(config.timeScale),
    readSecret: secretsIn(values),
  };
}

const secretsIn =
  (values: ReadonlyMap<string, string>): ReadSecret =>
  (source) => {
    const name = 'parameter' in source ? source.parameter : source.file;
    const secret = values.get(name)?.replace(/\r?\n$/, '');
    if (secret === undefined) throw new ConfigError([`${name} is not among CONFIG_PARAMETERS: add it there`]);
    if (secret === '') throw new ConfigError([`the parameter ${name} is empty; it must hold a secret`]);
    return secret;
  };
