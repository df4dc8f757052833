import { isDeepStrictEqual } from 'node:util';
import { ThrottledError } from '../../core/errors.ts';
import type { Instance, LaunchRequest, LaunchResult } from '../../core/instance.ts';
import { after, type Instant } from '../../core/instant.ts';
import { type InstanceFilter, TokenMismatchError } from '../../ports/compute.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Ender, Fact } from '../facts.ts';
import { type SpotPools, spotPools } from './spot-pools.ts';
import { tokenBucket } from './token-bucket.ts';
import type { LaunchTrouble } from './troubles.ts';

/** What EC2 really has, and what it lets its callers do. */
export interface Cloud {
  launch(request: LaunchRequest): LaunchResult;
  /** One page of what a list shows now; throws when too many ask. */
  page(filter: InstanceFilter, from: number): { readonly instances: readonly Instance[]; readonly next?: number };
  /** TerminateInstances, with its own limits. */
  terminate(ids: readonly string[]): void;
  /** It ends now, whoever asked. */
  end(id: string, by: Ender, reason: string): void;
  /** Spot takes it back in two minutes. */
  giveNotice(id: string): void;
  noticeOf(id: string): Instant | null;
  get(id: string): Instance | undefined;
  /** Pending, running or stopping. */
  alive(): Iterable<Instance>;
  aliveCount(): number;
  readonly pools: SpotPools;
}

export interface CloudOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  readonly trouble: {
    ofLaunch(request: LaunchRequest): LaunchTrouble | undefined;
    ofListLag(): number | undefined;
    ofBoot(instance: {
      readonly id: string;
      readonly fleet: string;
      readonly type: string;
    }): { readonly endsPending?: boolean } | undefined;
  };
  /** A machine that EC2 calls running: its system starts. */
  readonly onRunning: (instance: Instance) => void;
  /** A machine whose end has begun: nothing on it runs any more. */
  readonly onEnding: (instance: Instance, by: Ender) => void;
  readonly onGone: (instance: Instance, by: Ender) => void;
  readonly pools: Parameters<typeof spotPools>[0];
}

type Kept = { -readonly [Field in keyof Instance]: Instance[Field] } & { endedBy?: Ender; noticeAt?: Instant };

/** Documented defaults of an account (EC2 API throttling). CreateFleet is of the class "other mutating". */
const limits = { launch: [50, 5], list: [100, 20], end: [100, 5], machines: [1000, 2], ended: [1000, 20] } as const;
const pageSize = 1000;
const machinesPerCall = 100;
const tokenSeconds = 86_400;
const listedAfterEndSeconds = 3600;
const pendingMedianSeconds = 17.8;
const stoppingSeconds = [4, 40] as const;
export const spotReason = 'Server.SpotInstanceTermination';

export function cloud(options: CloudOptions): Cloud {
  const { time, chance, tell, trouble } = options;
  const machines = new Map<string, Kept>();
  const alive = new Map<string, Kept>();
  const tokens = new Map<
    string,
    {
      readonly request: LaunchRequest;
      readonly ids: readonly string[];
      readonly errors: LaunchResult['errors'];
      readonly at: Instant;
    }
  >();
  const pools = spotPools(options.pools);
  const [launches, lists, ends, made, ended] = [
    limits.launch,
    limits.list,
    limits.end,
    limits.machines,
    limits.ended,
  ].map(([size, perSecond]) => tokenBucket(size, perSecond)) as [
    ReturnType<typeof tokenBucket>,
    ReturnType<typeof tokenBucket>,
    ReturnType<typeof tokenBucket>,
    ReturnType<typeof tokenBucket>,
    ReturnType<typeof tokenBucket>,
  ];
  let launched = 0;

  const throttled = (): never => {
    throw new ThrottledError('RequestLimitExceeded');
  };
  const shown = ({ endedBy: _, noticeAt: __, ...instance }: Kept): Instance => instance;

  const end = (id: string, by: Ender, reason: string): void => {
    const machine = machines.get(id);
    if (machine === undefined || machine.state === 'stopping' || machine.state === 'terminated') return;
    machine.state = 'stopping';
    machine.endReason = by === 'spot' ? spotReason : reason;
    machine.endedBy = by;
    tell({ kind: 'instance-ending', instance: id, by, reason });
    options.onEnding(shown(machine), by);
    time.at(after(time.now(), chance.between(...stoppingSeconds)), () => {
      machine.state = 'terminated';
      alive.delete(id);
      pools.release(machine);
      tell({ kind: 'instance-gone', instance: id, by });
      options.onGone(shown(machine), by);
      time.at(after(time.now(), listedAfterEndSeconds), () => machines.delete(id));
    });
  };

  const start = (request: LaunchRequest, place: { readonly type: string; readonly zone: string }): string => {
    const id = `i-${(++launched).toString(16).padStart(17, '0')}`;
    const machine: Kept = {
      id,
      lane: request.lane,
      fleet: request.fleet,
      launchId: request.launchId,
      state: 'pending',
      launchedAt: time.now(),
      ...place,
      market: request.market,
      bypassRemoval: false,
      impaired: false,
    };
    machines.set(id, machine);
    alive.set(id, machine);
    const { launchId, fleet, lane, market } = request;
    const dollarsAnHour = pools.dollarsAnHour(place, market);
    tell({ kind: 'instance-launched', instance: id, launchId, fleet, lane, market, ...place, dollarsAnHour });
    time.at(after(time.now(), chance.lognormal(pendingMedianSeconds, 0.15)), () => {
      if (machine.state !== 'pending') return;
      if (trouble.ofBoot(machine)?.endsPending) return end(id, 'provider', 'Server.InternalError');
      machine.state = 'running';
      tell({ kind: 'instance-running', instance: id });
      options.onRunning(shown(machine));
    });
    return id;
  };

  const fill = (request: LaunchRequest): { ids: string[]; errors: LaunchResult['errors'] } => {
    const wrong = trouble.ofLaunch(request);
    if (wrong?.error && wrong.limit === undefined) return { ids: [], errors: [wrong.error] };
    const wanted = Math.min(request.count, wrong?.limit ?? request.count);
    const { places, errors } = pools.take(request, wanted);
    return {
      ids: places.map((place) => start(request, place)),
      errors: wrong?.error ? [...errors, wrong.error] : errors,
    };
  };

  const forgetTokens = (now: Instant): void => {
    for (const [token, { at }] of tokens) {
      if (now < after(at, tokenSeconds)) break;
      tokens.delete(token);
    }
  };

  return {
    launch(request) {
      const now = time.now();
      checkRequest(request);
      forgetTokens(now);
      const stored = tokens.get(request.token);
      if (stored && !isDeepStrictEqual(stored.request, request))
        throw new TokenMismatchError('IdempotentParameterMismatch');
      if (!launches.take(now)) throttled();
      if (!stored && !made.take(now, request.count)) throttled();
      const { ids, errors } = stored ?? fill(request);
      if (!stored) tokens.set(request.token, { request, ids, errors, at: now });
      return { instances: ids.flatMap((id) => machines.get(id) ?? []).map(shown), errors };
    },
    page({ launchId, ids }, from) {
      const now = time.now();
      if (!lists.take(now)) throttled();
      const youngest = now - (trouble.ofListLag() ?? 0) * 1000;
      const wanted = ids?.flatMap((id) => machines.get(id) ?? []) ?? [...machines.values()];
      const found = wanted.filter(
        (machine) => machine.launchedAt <= youngest && (launchId === undefined || machine.launchId === launchId),
      );
      const next = from + pageSize < found.length ? { next: from + pageSize } : {};
      return { instances: found.slice(from, from + pageSize).map(shown), ...next };
    },
    terminate(ids) {
      const now = time.now();
      if (!ends.take(now) || !ended.take(now, ids.length)) throttled();
      for (const id of ids) end(id, 'control-plane', 'Client.UserInitiatedShutdown');
    },
    end,
    giveNotice(id) {
      const machine = alive.get(id);
      if (machine === undefined || machine.noticeAt !== undefined) return;
      machine.noticeAt = after(time.now(), 120);
      time.at(machine.noticeAt, () => end(id, 'spot', spotReason));
    },
    noticeOf: (id) => machines.get(id)?.noticeAt ?? null,
    get: (id) => {
      const machine = machines.get(id);
      return machine && shown(machine);
    },
    alive: () => [...alive.values()].map(shown),
    aliveCount: () => alive.size,
    pools,
  };
}

/** What EC2 refuses whole. The planner must not ask for it, so it is an error and no answer. */
function checkRequest({ count, placements }: LaunchRequest): void {
  if (!Number.isInteger(count) || count < 1 || count > machinesPerCall) throw new RangeError(`A launch of ${count}.`);
  const names = placements.map(({ type, zone }) => `${type} in ${zone}`);
  if (new Set(names).size !== names.length || names.length === 0) throw new RangeError('InvalidFleetConfig');
}
