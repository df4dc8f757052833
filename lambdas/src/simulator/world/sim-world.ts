import { memoryHosts } from '../../adapters/hosts/memory-hosts.ts';
import { type MemoryTable, memoryTable } from '../../adapters/ledger/memory-table.ts';
import type { Table } from '../../adapters/ledger/table.ts';
import { tableLedger } from '../../adapters/ledger/table-ledger.ts';
import { memoryQueue } from '../../adapters/queue/memory-queue.ts';
import type { Config } from '../../core/config.ts';
import type { Instance } from '../../core/instance.ts';
import { fleetFor } from '../../core/match.ts';
import type { Timing } from '../../core/timing.ts';
import { scaleDown } from '../../functions/scale-down/scale-down.ts';
import { lookAtMachine } from '../../functions/sweep/look-at-machine.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import { webhook } from '../../functions/webhook/webhook.ts';
import type { World } from '../../functions/world.ts';
import type { Compute, InstanceFilter } from '../../ports/compute.ts';
import type { Hosts, OwnHost } from '../../ports/hosts.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Fact, FunctionName } from '../facts.ts';
import { type Cloud, cloud } from './cloud.ts';
import { deliveries } from './deliveries.ts';
import { eventSource } from './event-source.ts';
import { forgeLimits } from './forge-limits.ts';
import { forgePort } from './forge-port.ts';
import { type JobOffice, jobOffice } from './job-office.ts';
import { lambdas } from './lambdas.ts';
import { type SimMachine, simMachine } from './machine.ts';
import type { Prices } from './prices.ts';
import type { Capacity } from './spot-pools.ts';
import type { BootFate, Trouble } from './troubles.ts';
import { type Caller, overWire, type Wire, wire } from './wire.ts';

export interface SimWorldOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  readonly config: () => Config;
  readonly timing: Timing;
  readonly apps: readonly string[];
  readonly prices: Prices;
  readonly capacity: Capacity;
  /** Asked wherever something may go wrong. */
  readonly trouble: Required<Trouble>;
  readonly isTroubled: boolean;
  /** Median seconds from running to the agent's first look: the image and its user data. */
  readonly bootSeconds: number;
  readonly invocationsAtOnce: number;
  readonly tablePageLimit: number;
}

/** A whole deployment in a world of its own: the real functions, and everything that they talk to. */
export interface SimWorld {
  readonly office: JobOffice;
  readonly cloud: Cloud;
  readonly wire: Wire;
  readonly table: MemoryTable;
  readonly machines: ReadonlyMap<string, SimMachine>;
  /** Starts the schedules. */
  begin(): void;
}

const apiLimitSeconds = 10;
const visibilitySeconds = 180;
const receiveLimit = 10;

export function simWorld(options: SimWorldOptions): SimWorld {
  const { time, chance, tell, trouble, timing } = options;
  const clock = time.clock(chance.stream('functions'));
  const over = wire({
    time,
    chance: chance.stream('wire'),
    trouble: trouble.ofCall,
    isSlowBothWays: options.isTroubled,
  });
  const table = memoryTable({ clock, pageLimit: options.tablePageLimit });
  const hosts = memoryHosts();
  const queue = memoryQueue({
    clock: time.clock(chance.stream('queue')),
    visibilitySeconds,
    receiveLimit,
    disordered: options.isTroubled,
    duplicates: () => trouble.ofQueue() === 'duplicate',
  });
  const machines = new Map<string, SimMachine>();

  const fates = new Map<string, BootFate | undefined>();
  const cloudTrouble = {
    ofLaunch: trouble.ofLaunch,
    ofListLag: trouble.ofListLag,
    ofBoot: (instance: { readonly id: string; readonly fleet: string; readonly type: string }) => {
      const fate = trouble.ofBoot(instance);
      if (fate) fates.set(instance.id, fate);
      return fate;
    },
  };
  const ec2 = cloud({
    time,
    chance: chance.stream('cloud'),
    tell,
    trouble: cloudTrouble,
    pools: { now: time.now, chance: chance.stream('pools'), prices: options.prices, capacity: options.capacity },
    onRunning: (instance) => void machines.set(instance.id, startMachine(instance)),
    onEnding: ({ id }, by) => {
      machines.get(id)?.stop(by);
      machines.delete(id);
      fates.delete(id);
    },
    onGone: ({ id }) => {
      if (trouble.ofStateChange(id) === 'lost') return;
      // EventBridge, within seconds.
      void time
        .sleep(chance.between(0.5, 3))
        .then(() => functions.invoke('look-at-machine', (world) => lookAtMachine(world, id)));
    },
  });

  const announced = deliveries({
    time,
    chance: chance.stream('deliveries'),
    tell,
    fateOf: trouble.ofDelivery,
    post: (request) => {
      const answer = functions.invoke('webhook', (world) => webhook(world, request));
      const tooLate = time.sleep(apiLimitSeconds).then(() => undefined);
      return Promise.race([answer, tooLate]).then((one) => one?.status ?? 0);
    },
  });
  const office = jobOffice({
    time,
    chance: chance.stream('office'),
    tell,
    fleetOf: (job) => fleetFor(job, options.config().fleets)?.name,
    announce: announced.announce,
  });
  const forge = {
    time,
    prefix: options.config().prefix,
    apps: options.apps,
    office,
    deliveries: announced,
    limits: forgeLimits(time.now),
    wire: over,
    trouble,
  };

  const bind = (caller: Caller): World => ({
    config: options.config(),
    timing,
    clock,
    forge: forgePort(forge, caller),
    compute: computePort(over, caller, ec2),
    ledger: tableLedger(overWire<Table>(over, 'dynamodb', caller, tableMethods(table)), timing.tombstoneSeconds),
    hosts: overWire<Hosts>(over, 'dynamodb', caller, hostMethods(hosts)),
    queue: {
      send: async (requests, delaySeconds) => {
        await over.call({ service: 'sqs', action: 'send', caller }, () => queue.send(requests, delaySeconds));
        source.poke();
      },
    },
    log: logOf(caller.role as FunctionName, tell),
  });
  const functions = lambdas({
    time,
    chance: chance.stream('lambdas'),
    tell,
    bind,
    coldStart: (caller) => over.call({ service: 'ssm', action: 'get-parameters', caller }, () => undefined),
    deathOf: trouble.ofInvocation,
  });
  const source = eventSource({ time, queue, lambdas: functions, tell, invocationsAtOnce: options.invocationsAtOnce });

  const startMachine = (instance: Instance): SimMachine => {
    const { id } = instance;
    const own = chance.stream(id);
    const fate = fates.get(id);
    const caller: Caller = { role: 'host', instance: id, isDead: () => !machines.has(id) };
    const fleet = options.config().fleets.find(({ name }) => name === instance.fleet);
    return simMachine({
      instance,
      time,
      chance: own,
      clock: time.clock(own, fate?.skewSeconds ?? 0),
      own: overWire<OwnHost>(over, 'dynamodb', caller, hosts.ownHost(id)),
      log: logOf('host', tell),
      office,
      cloud: ec2,
      tell,
      fate,
      bootSeconds: own.lognormal(options.bootSeconds, 0.25),
      hardLimitSeconds: (fleet?.hardLimitHours ?? 121) * 3600,
    });
  };

  const every = (seconds: number, work: () => Promise<unknown>): void => {
    const tick = (): void => {
      // A schedule does not wait for the run before.
      void work();
      time.at(time.now() + seconds * 1000, tick);
    };
    time.at(time.now() + chance.between(0, seconds) * 1000, tick);
  };

  return {
    office,
    cloud: ec2,
    wire: over,
    table,
    machines,
    begin() {
      every(timing.scaleDownSeconds, () => functions.invoke('scale-down', scaleDown));
      every(timing.sweepSeconds, () => functions.invoke('sweep', sweep));
      every(600, async () => office.expire());
      every(3600, async () => {
        // The timer that stands outside the agent.
        for (const { instance } of machines.values()) {
          const fleet = options.config().fleets.find(({ name }) => name === instance.fleet);
          const limit = (fleet?.hardLimitHours ?? 121) * 3_600_000;
          if (time.now() - instance.launchedAt >= limit) ec2.end(instance.id, 'hard-limit', 'hard-limit');
        }
      });
    },
  };
}

function computePort(over: Wire, caller: Caller, ec2: Cloud): Compute {
  const call = <T>(action: string, effect: () => T): Promise<T> =>
    over.call({ service: 'ec2', action, caller }, effect);
  return {
    launch: (request) => call('launch', () => ec2.launch(request)),
    end: (ids) => call('end', () => ec2.terminate(ids)),
    list: async function* (filter: InstanceFilter) {
      for (let from: number | undefined = 0; from !== undefined; ) {
        const at: number = from;
        const page: ReturnType<Cloud['page']> = await call('list', () => ec2.page(filter, at));
        yield* page.instances;
        from = page.next;
      }
    },
  };
}

const tableMethods = ({ get, query, transact }: MemoryTable): Table => ({ get, query, transact });

function hostMethods({ ownHost: _, records: __, ...methods }: ReturnType<typeof memoryHosts>): Hosts {
  return methods;
}

const logOf = (by: FunctionName | 'host', tell: (fact: Fact) => void): World['log'] => {
  const line = (message: string, fields: Readonly<Record<string, unknown>> = {}): void =>
    tell({ kind: 'log', by, message, fields });
  return { info: line, warn: line, error: line };
};
