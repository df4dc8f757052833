import { memoryHosts } from '../../adapters/hosts/memory-hosts.ts';
import { type MemoryTable, memoryTable } from '../../adapters/ledger/memory-table.ts';
import { tableLedger } from '../../adapters/ledger/table-ledger.ts';
import { memoryQueue } from '../../adapters/queue/memory-queue.ts';
import type { Config } from '../../core/config.ts';
import { after } from '../../core/instant.ts';
import { fleetFor } from '../../core/match.ts';
import type { Timing } from '../../core/timing.ts';
import { lookAtMachine } from '../../functions/sweep/look-at-machine.ts';
import type { World } from '../../functions/world.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Fact, FunctionName } from '../facts.ts';
import { type Cloud, cloud } from './cloud.ts';
import { deliveries } from './deliveries.ts';
import { endpoint } from './endpoint.ts';
import { eventSource } from './event-source.ts';
import { forgeLimits } from './forge-limits.ts';
import { forgePort } from './forge-port.ts';
import { computePort, hostMethods, logOf, tableMethods } from './function-ports.ts';
import { type JobOffice, jobOffice } from './job-office.ts';
import { lambdas } from './lambdas.ts';
import type { SimMachine } from './machine.ts';
import { machinePark } from './machine-park.ts';
import { patientForge } from './patient-forge.ts';
import type { Prices } from './prices.ts';
import { beginSchedules, hardLimitSeconds } from './schedules.ts';
import { sentRequests } from './sent-requests.ts';
import { sparedCalls } from './spared-calls.ts';
import type { Trouble } from './troubles.ts';
import { type Caller, overWire, type Wire, wire } from './wire.ts';

export interface SimWorldOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  readonly config: () => Config;
  readonly timing: Timing;
  readonly apps: readonly string[];
  readonly prices: Prices;
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
  /** After a change of the configuration. */
  renew(): void;
}

const visibilitySeconds = 180;
const receiveLimit = 10;
/** Lambda begins to poll a standard queue with this many. */
const mostPollers = 5;
/** EventBridge tells of a machine's end within seconds. */
const stateChangeSeconds = [0.5, 3] as const;

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
  const park = machinePark({
    time,
    chance,
    tell,
    wire: over,
    hosts,
    bootSeconds: options.bootSeconds,
    hardLimitSeconds: (fleet) => hardLimitSeconds(options.config(), fleet),
    isTroubled: options.isTroubled,
    cloud: () => ec2,
    office: () => office,
  });
  const ec2 = cloud({
    time,
    chance: chance.stream('cloud'),
    tell,
    launchTrouble: trouble.ofLaunch,
    isHidden: (machine) => trouble.ofMachineListing(machine) === 'absent',
    fateOf: trouble.ofBoot,
    pools: { now: time.now, chance: chance.stream('pools'), prices: options.prices, capacity: trouble.ofCapacity },
    onRunning: park.start,
    onEnding: ({ id }, by) => park.stop(id, by),
    endingSeconds: trouble.ofEnding,
    onGone: ({ id }) => {
      if (trouble.ofStateChange(id) === 'lost') return;
      const look = (): unknown => functions.invoke('look-at-machine', (world) => lookAtMachine(world, id));
      time.at(after(time.now(), chance.between(...stateChangeSeconds)), () => void look());
    },
  });

  const announced = deliveries({
    time,
    chance: chance.stream('deliveries'),
    tell,
    fateOf: trouble.ofDelivery,
    post: endpoint({ time, functions: () => functions, troubleOf: trouble.ofEndpoint }),
  });
  const office = jobOffice({
    time,
    chance: chance.stream('office'),
    tell,
    fleetOf: (job) => fleetFor(job, options.config().fleets)?.name,
    announce: announced.announce,
    assignmentFate: trouble.ofAssignment,
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

  const isAway = (): boolean => trouble.ofControlPlane() === 'away';
  const send = sentRequests({ time, queue, source: () => source, lateSeconds: trouble.ofSend });
  const spared = sparedCalls(options.isTroubled);
  const bind = (caller: Caller): World => ({
    config: options.config(),
    timing,
    clock,
    forge: patientForge(forgePort(forge, caller), clock),
    compute: computePort(over, caller, ec2),
    ledger: tableLedger(
      spared.ofTable(overWire(over, 'dynamodb', caller, tableMethods(table))),
      timing.tombstoneSeconds,
    ),
    hosts: spared.ofHosts(overWire(over, 'dynamodb', caller, hostMethods(hosts))),
    queue: spared.ofQueue({
      send: async (requests, delaySeconds) => {
        await over.call({ service: 'sqs', action: 'send', caller }, () => send(requests, delaySeconds));
      },
    }),
    log: logOf(caller.role as FunctionName, tell),
  });
  const functions = lambdas({
    time,
    chance: chance.stream('lambdas'),
    tell,
    bind,
    coldStart: (caller) => over.call({ service: 'ssm', action: 'get-parameters', caller }, () => undefined),
    deathOf: trouble.ofInvocation,
    coldSecondsOf: trouble.ofColdStart,
    isAway,
  });
  const { invocationsAtOnce } = options;
  const polls = chance.stream('polls');
  const pollers = (): number => (options.isTroubled ? polls.whole(1, mostPollers) : 1);
  const source = eventSource({ time, queue, lambdas: functions, tell, invocationsAtOnce, isAway, pollers });

  return {
    office,
    cloud: ec2,
    wire: over,
    table,
    machines: park.machines,
    renew: functions.renew,
    begin: () =>
      beginSchedules({
        time,
        chance: chance.stream('schedules'),
        timing,
        functions,
        office,
        cloud: ec2,
        config: options.config,
      }),
  };
}
