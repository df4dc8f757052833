import { isDeepStrictEqual } from 'node:util';
import { ThrottledError } from '../../core/errors.ts';
import type { Instance, LaunchRequest, LaunchResult } from '../../core/instance.ts';
import { after, type Instant } from '../../core/instant.ts';
import { type InstanceFilter, TokenMismatchError } from '../../ports/compute.ts';
import { type InstanceLives, type InstanceLivesOptions, instanceLives } from './instance-lives.ts';
import type { ListPage } from './paged.ts';
import { type TokenBucket, tokenBucket } from './token-bucket.ts';
import type { LaunchTrouble } from './troubles.ts';

/** EC2: what it really has, and what it lets its callers do. */
export interface Cloud extends InstanceLives {
  launch(request: LaunchRequest): LaunchResult;
  /** One page of what a list shows now; throws when too many ask. */
  page(filter: InstanceFilter, from: number): ListPage<Instance>;
  /** TerminateInstances, with its own limits. */
  terminate(ids: readonly string[]): void;
}

export interface CloudOptions extends InstanceLivesOptions {
  readonly launchTrouble: (request: LaunchRequest) => LaunchTrouble | undefined;
  /** Lists lag: this machine is not shown yet, or not now. */
  readonly isHidden: (machine: Instance) => boolean;
}

interface StoredLaunch {
  readonly request: LaunchRequest;
  readonly ids: readonly string[];
  readonly errors: LaunchResult['errors'];
  readonly at: Instant;
}

/** EC2's word for a token that comes with another request than before. */
export const tokenMismatch = 'IdempotentParameterMismatch';
const pageSize = 1000;
const machinesPerCall = 100;
const tokenSeconds = 86_400;

export function cloud(options: CloudOptions): Cloud {
  const { time } = options;
  const lives = instanceLives(options);
  const limits = documentedLimits();
  const launchesByToken = new Map<string, StoredLaunch>();

  const take = (bucket: TokenBucket, count = 1): void => {
    if (!bucket.take(time.now(), count)) throw new ThrottledError('RequestLimitExceeded');
  };

  const fill = (request: LaunchRequest): Pick<StoredLaunch, 'ids' | 'errors'> => {
    const wrong = options.launchTrouble(request);
    const more = wrong?.error === undefined ? [] : [wrong.error];
    const limit = wrong?.limit ?? (wrong?.error === undefined ? request.count : 0);
    if (limit === 0) return { ids: [], errors: more };
    const { places, errors } = lives.pools.take(request, Math.min(request.count, limit));
    return { ids: places.map((place) => lives.start(request, place)), errors: [...errors, ...more] };
  };

  const storedLaunch = (request: LaunchRequest): StoredLaunch | undefined => {
    for (const [token, { at }] of launchesByToken) {
      // In the order of their use, so the stale ones come first.
      if (time.now() < after(at, tokenSeconds)) break;
      launchesByToken.delete(token);
    }
    const stored = launchesByToken.get(request.token);
    if (stored && !isDeepStrictEqual(stored.request, request)) throw new TokenMismatchError(tokenMismatch);
    return stored;
  };

  return {
    ...lives,
    launch(request) {
      checkRequest(request);
      const stored = storedLaunch(request);
      take(limits.launches);
      if (!stored) take(limits.launchedMachines, request.count);
      const launch = stored ?? { ...fill(request), request, at: time.now() };
      launchesByToken.set(request.token, launch);
      return { instances: launch.ids.flatMap((id) => lives.get(id) ?? []), errors: launch.errors };
    },
    page({ launchId, ids, isAlive }, from) {
      take(limits.lists);
      const isShown = (machine: Instance): boolean =>
        (launchId === undefined || machine.launchId === launchId) && !options.isHidden(machine);
      const all = isAlive ? lives.alive : lives.listed;
      const wanted = ids?.flatMap((id) => all.get(id) ?? []) ?? [...all.values()];
      const found = wanted.filter(isShown);
      const next = from + pageSize < found.length ? from + pageSize : undefined;
      return { items: found.slice(from, from + pageSize), next };
    },
    terminate(ids) {
      take(limits.ends);
      take(limits.endedMachines, ids.length);
      for (const id of ids) lives.end(id, 'control-plane', 'Client.UserInitiatedShutdown');
    },
  };
}

/** Of an account by default (EC2's guide to API throttling). CreateFleet is of the class of other mutating calls. */
const documentedLimits = () => ({
  launches: tokenBucket(50, 5),
  launchedMachines: tokenBucket(1000, 2),
  lists: tokenBucket(100, 20),
  ends: tokenBucket(100, 5),
  endedMachines: tokenBucket(1000, 20),
});

/** What EC2 refuses whole. The planner must not ask for it, so it is an error and no answer. */
function checkRequest({ count, placements }: LaunchRequest): void {
  if (!Number.isInteger(count) || count < 1 || count > machinesPerCall) throw new RangeError(`A launch of ${count}.`);
  const names = placements.map(({ type, zone }) => `${type} in ${zone}`);
  if (new Set(names).size !== names.length || names.length === 0) throw new RangeError('InvalidFleetConfig');
}
