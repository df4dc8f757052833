import { isDeepStrictEqual } from 'node:util';
import { after, type Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import {
  type Compute,
  type Instance,
  type InstanceFilter,
  type LaunchRequest,
  type LaunchResult,
  TokenMismatchError,
} from '../../ports/compute.ts';
import { type Hooks, hooked } from '../memory/hooked.ts';
import { type Cloud, memoryCloud } from './memory-cloud.ts';
import type { MachineOptions } from './memory-machines.ts';

/** The calls as they are hooked: a list is one call, however it is read. */
export interface ComputeCalls {
  launch(request: LaunchRequest): Promise<LaunchResult>;
  list(filter: InstanceFilter): Promise<readonly Instance[]>;
  end(ids: readonly string[], reason: string): Promise<void>;
}

export interface MemoryComputeOptions extends MachineOptions {
  readonly hooks?: Hooks<ComputeCalls>;
}

export interface ComputeCounts {
  readonly launch: number;
  readonly list: number;
  readonly end: number;
  /** Machines that ever came. */
  readonly launched: number;
}

export interface MemoryCompute extends Compute {
  /** What is not in the caller's hands: capacity, interruptions, faults of lists. */
  readonly cloud: Cloud;
  counts(): ComputeCounts;
  /** Lists show a machine no sooner than this after its launch. */
  lagLists(seconds: number): void;
  /** Lists throw after that many machines; undefined: they are whole again. */
  breakLists(afterCount: number | undefined): void;
}

interface StoredLaunch {
  readonly request: LaunchRequest;
  readonly result: LaunchResult;
  readonly at: Instant;
}

interface ListFaults {
  lagSeconds: number;
  brokenAfter: number | undefined;
}

type Clockwork = Pick<Clock, 'now'>;

/** EC2 remembers a token for longer than any replay of ours takes. */
const tokenSeconds = 86_400;
const machinesLimit = 100;

/** EC2's manners in memory: tokens that replay, partial fleets, lists that lag, ended machines that linger. */
export function memoryCompute(options: MemoryComputeOptions): MemoryCompute {
  const cloud = memoryCloud(options);
  const counts = { launch: 0, list: 0, end: 0, launched: 0 };
  const faults: ListFaults = { lagSeconds: 0, brokenAfter: undefined };
  const calls = hooked(countedCalls(options.clock, cloud, counts, faults), options.hooks);

  return {
    launch: calls.launch,
    end: calls.end,
    list: async function* (filter) {
      const machines = await calls.list(filter);
      yield* machines.slice(0, faults.brokenAfter);
      if (faults.brokenAfter !== undefined) throw new Error(`The list broke off after ${faults.brokenAfter} machines.`);
    },
    cloud,
    counts: () => ({ ...counts }),
    lagLists: (seconds) => {
      faults.lagSeconds = seconds;
    },
    breakLists: (afterCount) => {
      faults.brokenAfter = afterCount;
    },
  };
}

function countedCalls(
  clock: Clockwork,
  cloud: Cloud,
  counts: Record<keyof ComputeCounts, number>,
  faults: ListFaults,
): ComputeCalls {
  const once = onceByToken(clock);
  const start = (request: LaunchRequest): LaunchResult => {
    checkRequest(request);
    const result = cloud.launch(request);
    counts.launched += result.instances.length;
    return result;
  };
  const isVisible = (machine: Instance): boolean => after(machine.launchedAt, faults.lagSeconds) <= clock.now();

  return {
    launch: async (request) => {
      counts.launch++;
      const { instances, errors } = once(request, () => start(request));
      return { instances: instances.map((instance) => cloud.machine(instance.id) ?? gone(instance)), errors };
    },
    list: async (filter) => {
      counts.list++;
      return cloud.machines().filter((machine) => isVisible(machine) && matches(machine, filter));
    },
    end: async (ids) => {
      counts.end++;
      for (const id of ids) cloud.stop(id, 'Client.UserInitiatedShutdown');
    },
  };
}

function onceByToken(clock: Clockwork) {
  const launches = new Map<string, StoredLaunch>();
  return (request: LaunchRequest, launch: () => LaunchResult): LaunchResult => {
    // In the order of their use, so the stale ones come first.
    for (const [token, { at }] of launches) {
      if (clock.now() < after(at, tokenSeconds)) break;
      launches.delete(token);
    }
    const stored = launches.get(request.token);
    if (stored && !isDeepStrictEqual(stored.request, request)) {
      throw new TokenMismatchError(`The token ${request.token} was used for another request.`);
    }
    const result = stored?.result ?? launch();
    if (!stored) launches.set(request.token, { request, result, at: clock.now() });
    return result;
  };
}

/** What EC2 refuses whole. The planner must not ask for it, so it is an error and no answer. */
function checkRequest({ count, placements }: LaunchRequest): void {
  if (!Number.isInteger(count) || count < 1 || count > machinesLimit) {
    throw new RangeError(`A launch asks for 1 to ${machinesLimit} machines, not ${count}.`);
  }
  if (placements.length === 0) throw new RangeError('A launch names at least one placement.');
  const names = placements.map(({ type, zone }) => `${type} in ${zone}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new RangeError(`A launch names no placement twice: ${twice}.`);
}

const matches = (machine: Instance, { launchId, ids, isAlive }: InstanceFilter): boolean =>
  (launchId === undefined || machine.launchId === launchId) &&
  (ids === undefined || ids.includes(machine.id)) &&
  !(isAlive && machine.state === 'terminated');

const gone = (instance: Instance): Instance => ({ ...instance, state: 'terminated' });
