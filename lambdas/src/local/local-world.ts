import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { processCompute } from '../adapters/compute/process/process-compute.ts';
import { githubForge } from '../adapters/forge/github/github-forge.ts';
import { sqliteHosts } from '../adapters/hosts/sqlite-hosts.ts';
import { sqliteTable } from '../adapters/ledger/sqlite-table.ts';
import { tableLedger } from '../adapters/ledger/table-ledger.ts';
import { sqliteQueue } from '../adapters/queue/sqlite-queue.ts';
import type { Config, SecretSource } from '../core/config.ts';
import { ConfigError } from '../core/errors.ts';
import { forgeAppsOf, webhookSecretsOf } from '../core/forge-secrets.ts';
import type { Timing } from '../core/timing.ts';
import type { World } from '../functions/world.ts';
import type { Log } from '../ports/log.ts';
import type { QueueConsumer } from '../ports/queue.ts';
import { nodeCommand } from './node-command.ts';
import { readSecretFile } from './secret-file.ts';

export interface LocalWorldOptions {
  readonly config: Config;
  readonly timing: Timing;
  /** Holds the ledger, the queue, the hosts' table and a folder an instance. Who opens it again goes on where it was. */
  readonly folder: string;
  readonly log: Log;
  readonly writesPerSecond: number;
}

export interface LocalWorld {
  readonly world: World;
  readonly consumer: QueueConsumer;
  close(): void;
}

/** Messages hidden by a function that died come back after this: longer than any function may take. */
const visibilitySlackSeconds = 15;
const receiveLimit = 10;

/** The functions' ports, bound to this machine: files, processes, and a forge over HTTP. */
export function localWorld({ config, timing, folder, log, writesPerSecond }: LocalWorldOptions): LocalWorld {
  const runnerCommand = runnerCommandOf(config);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const clock = systemClock();
  const hostsFile = join(folder, 'hosts.sqlite');
  const table = sqliteTable({ path: join(folder, 'ledger.sqlite'), clock });
  const queue = sqliteQueue({
    path: join(folder, 'queue.sqlite'),
    clock,
    visibilitySeconds: timing.scaleUpLimitSeconds + visibilitySlackSeconds,
    receiveLimit,
  });
  const hosts = sqliteHosts({ path: hostsFile });
  const forge = githubForge({
    url: config.forge.url,
    apps: forgeAppsOf(config.forge, readSecret),
    webhookSecrets: webhookSecretsOf(config.forge, readSecret),
    writesPerSecond,
    clock,
    log,
  });
  const compute = processCompute({
    folder,
    agentCommand: nodeCommand('./host-agent', import.meta.url),
    agentConfig: { hostsFile, runnerCommand },
    environment: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: process.env.LANG },
    clock,
    log,
  });
  return {
    world: {
      config,
      timing,
      forge,
      compute,
      ledger: tableLedger(table, timing.tombstoneSeconds),
      queue,
      hosts,
      clock,
      log,
    },
    consumer: queue,
    close() {
      for (const store of [table, queue, hosts]) store[Symbol.dispose]();
    },
  };
}

const readSecret = (source: SecretSource): string => {
  if ('file' in source) return readSecretFile(source.file);
  throw new ConfigError([`the parameter ${source.parameter} is AWS's; name a file`]);
};

function runnerCommandOf({ compute }: Config): readonly string[] {
  if (compute.kind === 'process') return compute.command;
  throw new ConfigError(['compute.kind is "ec2", and runners on this machine are processes: write "process"']);
}
