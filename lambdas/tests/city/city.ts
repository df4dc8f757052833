import { type ManualClock, manualClock } from '../../src/adapters/clock/manual-clock.ts';
import { type MemoryCompute, memoryCompute } from '../../src/adapters/compute/memory-compute.ts';
import { type MemoryForge, memoryForge } from '../../src/adapters/forge/memory/memory-forge.ts';
import { type MemoryHosts, memoryHosts } from '../../src/adapters/hosts/memory-hosts.ts';
import { type MemoryTable, memoryTable } from '../../src/adapters/ledger/memory-table.ts';
import type { Table } from '../../src/adapters/ledger/table.ts';
import { tableLedger } from '../../src/adapters/ledger/table-ledger.ts';
import { type MemoryLog, memoryLog } from '../../src/adapters/log/memory-log.ts';
import type { Hooks } from '../../src/adapters/memory/hooked.ts';
import { type MemoryQueue, memoryQueue } from '../../src/adapters/queue/memory-queue.ts';
import type { Config, FleetConfig } from '../../src/core/config.ts';
import type { Job } from '../../src/core/job.ts';
import { documentedTiming, type Timing } from '../../src/core/timing.ts';
import type { World } from '../../src/functions/world.ts';
import { fleet } from '../fleet.ts';

export interface CityOptions {
  readonly fleets?: readonly Partial<FleetConfig>[];
  readonly limit?: number;
  readonly timing?: Partial<Timing>;
  readonly seed?: number;
  readonly apps?: readonly string[];
  readonly repositoryAllowList?: readonly string[];
  readonly tableHooks?: Hooks<Table>;
}

/** A whole deployment in memory: every port's memory adapter, one clock that stands still, and the world made of them. */
export interface City {
  readonly clock: ManualClock;
  readonly forge: MemoryForge;
  readonly compute: MemoryCompute;
  readonly hosts: MemoryHosts;
  readonly queue: MemoryQueue;
  readonly table: MemoryTable;
  readonly log: MemoryLog;
  readonly world: World;
}

export const secret = 'memory-secret';

export function city(options: CityOptions = {}): City {
  const clock = manualClock({ seed: options.seed ?? 1 });
  const forge = memoryForge({ clock, webhookSecrets: [secret], apps: options.apps ?? ['app-1'] });
  const compute = memoryCompute({ clock, bootSeconds: 15 });
  const hosts = memoryHosts();
  const queue = memoryQueue({ clock, visibilitySeconds: 180, receiveLimit: 10 });
  const table = memoryTable({ clock, ...(options.tableHooks === undefined ? {} : { hooks: options.tableHooks }) });
  const log = memoryLog();
  const timing = { ...documentedTiming, ...options.timing };
  const world: World = {
    config: configOf(options),
    timing,
    forge,
    compute,
    hosts,
    queue,
    ledger: tableLedger(table, timing.tombstoneSeconds),
    clock,
    log,
  };
  return { clock, forge, compute, hosts, queue, table, log, world };
}

function configOf({ fleets = [{}], limit = -1, repositoryAllowList = [] }: CityOptions): Config {
  return {
    prefix: 'ci',
    forge: { kind: 'github', url: 'https://github.com', apps: [], webhookSecret: { file: 'secret' } },
    compute: { kind: 'process', command: ['./run.sh'] },
    timeScale: 1,
    repositoryAllowList,
    runnersMaximumCount: limit,
    fleets: fleets.map((different) => fleet(different)),
  };
}

/** A job as the forge would tell it. */
export function aJob(id: number, fields: Partial<Job> = {}, owner = 'acme'): Job {
  const repo = fields.ref?.repo ?? `${owner}/app`;
  return {
    key: `memory/${repo}/${id}`,
    ref: { repo, id: String(id), attempt: 1 },
    state: 'queued',
    labels: ['self-hosted', 'linux', 'x64'],
    owner,
    ...fields,
  };
}
