import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { jsonLog } from '../adapters/log/json-log.ts';
import type { Config, SecretSource } from '../core/config.ts';
import { ConfigError, messageOf } from '../core/errors.ts';
import { parseConfig } from '../core/parse-config.ts';
import { scaledConfig } from '../core/scaled-config.ts';
import { scaledTiming } from '../core/timing.ts';
import { startStack } from './stack.ts';
import { untilStopped } from './until-stopped.ts';

export interface RunStackOptions {
  readonly port: number;
  readonly config: string;
  readonly data?: string;
  readonly timeScale: number;
}

/** At most 3 writes a second an App: GitHub's 900 points a minute, 5 a write. */
const githubWritesPerSecond = 3;

/** Runs a configured deployment until it is told to stop. Runners go on without it, and are found again. */
export async function runStack(options: RunStackOptions): Promise<number> {
  const config = readConfig(options.config);
  const folder = resolve(options.data ?? mkdtempSync(join(tmpdir(), 'ci-runners-')));
  const stack = await startStack({
    config: scaledConfig(config, options.timeScale),
    timing: scaledTiming(options.timeScale),
    timeScale: options.timeScale,
    folder,
    port: options.port,
    log: jsonLog(process.stderr),
    writesPerSecond: githubWritesPerSecond,
  });
  process.stdout.write(`listening on ${stack.url}\nwebhook: ${stack.url}/webhook\ndata: ${folder}\n`);
  await untilStopped();
  await stack.stop();
  return 0;
}

/** Files that a configuration names are found from where it stands. */
function readConfig(file: string): Config {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError([`${file} is no JSON file that can be read: ${messageOf(error)}`], { cause: error });
  }
  const config = parseConfig(value);
  const from = (path: string): string => resolve(dirname(file), path);
  const pathFrom = (word: string): string => (/^\.\.?\//.test(word) ? from(word) : word);
  const { compute, forge } = config;
  const fromThere = (source: SecretSource): SecretSource => ('file' in source ? { file: from(source.file) } : source);
  const { previousWebhookSecret: previous } = forge;
  return {
    ...config,
    compute: compute.kind === 'process' ? { ...compute, command: compute.command.map(pathFrom) } : compute,
    forge: {
      ...forge,
      apps: forge.apps.map((app) => ({ ...app, privateKey: fromThere(app.privateKey) })),
      webhookSecret: fromThere(forge.webhookSecret),
      ...(previous === undefined ? {} : { previousWebhookSecret: fromThere(previous) }),
    },
  };
}
