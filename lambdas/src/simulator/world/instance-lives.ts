import type { Instance, LaunchRequest, Placement } from '../../core/instance.ts';
import { after, type Instant } from '../../core/instant.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Ender, Fact } from '../facts.ts';
import { type SpotPools, spotPools } from './spot-pools.ts';
import type { BootFate } from './troubles.ts';

/** EC2's machines, from their launch to an hour after their end. */
export interface InstanceLives {
  readonly pools: SpotPools;
  start(request: LaunchRequest, place: Placement): string;
  /** It ends now, whoever asked; one that ends already goes on doing so. */
  end(id: string, by: Ender, reason: string): void;
  /** Spot takes it back in two minutes. */
  giveNotice(id: string): void;
  noticeOf(id: string): Instant | null;
  /** What EC2's own status check says of it from now on. */
  setImpaired(id: string, impaired: boolean): void;
  /** A person's tag `ghr:bypass-removal`. */
  setKept(id: string, kept: boolean): void;
  get(id: string): Instance | undefined;
  /** Those that are listed, ended ones too, by id. */
  readonly listed: ReadonlyMap<string, Instance>;
  /** Pending, running or stopping. */
  readonly alive: ReadonlyMap<string, Instance>;
}

export interface InstanceLivesOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  readonly fateOf: (instance: Instance) => BootFate | undefined;
  /** A machine that EC2 calls running: its system starts. */
  readonly onRunning: (instance: Instance, fate: BootFate | undefined) => void;
  /** A machine whose end has begun: nothing on it runs any more. */
  readonly onEnding: (instance: Instance, by: Ender) => void;
  readonly onGone: (instance: Instance) => void;
  /** Seconds, beside the usual, that its end takes. */
  readonly endingSeconds?: (id: string) => number | undefined;
  readonly pools: Parameters<typeof spotPools>[0];
}

/** EC2 shows ended machines for about an hour. */
const listedAfterEndSeconds = 3600;
const pendingMedianSeconds = 17.8;
const pendingSpread = 0.15;
const stoppingSeconds = [4, 40] as const;
const noticeSeconds = 120;
const spotReason = 'Server.SpotInstanceTermination';

export function instanceLives(options: InstanceLivesOptions): InstanceLives {
  const { time, chance, tell } = options;
  const listed = new Map<string, Instance>();
  const alive = new Map<string, Instance>();
  const notices = new Map<string, Instant>();
  const pools = spotPools(options.pools);
  let launched = 0;

  const change = (instance: Instance, fields: Partial<Instance>): Instance => {
    const changed = { ...instance, ...fields };
    listed.set(instance.id, changed);
    if (changed.state === 'terminated') alive.delete(instance.id);
    else alive.set(instance.id, changed);
    return changed;
  };

  const end = (id: string, by: Ender, reason: string): void => {
    const instance = alive.get(id);
    if (instance === undefined || instance.state === 'stopping') return;
    const ending = change(instance, { state: 'stopping', endReason: by === 'spot' ? spotReason : reason });
    notices.delete(id);
    tell({ kind: 'instance-ending', instance: id, by, reason });
    options.onEnding(ending, by);
    const seconds = chance.between(...stoppingSeconds) + (options.endingSeconds?.(id) ?? 0);
    time.at(after(time.now(), seconds), () => {
      const gone = change(ending, { state: 'terminated', impaired: false });
      pools.release(gone);
      tell({ kind: 'instance-gone', instance: id, by });
      options.onGone(gone);
      time.at(after(time.now(), listedAfterEndSeconds), () => listed.delete(id));
    });
  };

  const changeAlive = (id: string, fields: Partial<Instance>): void => {
    const instance = alive.get(id);
    if (instance !== undefined) change(instance, fields);
  };

  const run = (id: string): void => {
    const pending = alive.get(id);
    if (pending?.state !== 'pending') return;
    const fate = options.fateOf(pending);
    if (fate?.endsPending) {
      end(id, 'provider', 'Server.InternalError');
      return;
    }
    const running = change(pending, { state: 'running' });
    tell({ kind: 'instance-running', instance: id });
    options.onRunning(running, fate);
  };

  return {
    pools,
    listed,
    alive,
    end,
    start({ lane, fleet, launchId, market }, { type, zone }) {
      const id = `i-${(++launched).toString(16).padStart(17, '0')}`;
      const born = { id, lane, fleet, launchId, state: 'pending', launchedAt: time.now(), type, zone, market } as const;
      change({ ...born, bypassRemoval: false, impaired: false }, {});
      const dollarsAnHour = pools.dollarsAnHour({ type, zone }, market);
      tell({ kind: 'instance-launched', instance: id, launchId, fleet, lane, market, type, zone, dollarsAnHour });
      time.at(after(time.now(), chance.lognormal(pendingMedianSeconds, pendingSpread)), () => run(id));
      return id;
    },
    giveNotice(id) {
      if (!alive.has(id) || notices.has(id)) return;
      notices.set(id, after(time.now(), noticeSeconds));
      time.at(after(time.now(), noticeSeconds), () => end(id, 'spot', spotReason));
    },
    noticeOf: (id) => notices.get(id) ?? null,
    setImpaired: (id, impaired) => changeAlive(id, { impaired }),
    setKept: (id, kept) => changeAlive(id, { bypassRemoval: kept }),
    get: (id) => listed.get(id),
  };
}
