import type { LaunchError, LaunchRequest, Market, Placement } from '../../core/instance.ts';
import type { Instant } from '../../core/instant.ts';
import type { Chance } from '../engine/chance.ts';
import { onDemandDollarsAnHour, type Prices, usualSpotShare } from './prices.ts';

/** How many machines a pool has to give; undefined: as many as one likes. */
export type Capacity = (place: Placement, market: Market) => number | undefined;

/** EC2's pools by type and zone: a price each, that wanders, and what is left of them. */
export interface SpotPools {
  /** As many as there are, in order of the request's preference (price-capacity-optimized has no better word for it). */
  take(
    request: LaunchRequest,
    wanted: number,
  ): { readonly places: readonly Placement[]; readonly errors: readonly LaunchError[] };
  release(place: Placement & { readonly market: Market }): void;
  dollarsAnHour(place: Placement, market: Market): number;
}

export interface SpotPoolsOptions {
  readonly now: () => Instant;
  readonly chance: Chance;
  readonly prices: Prices;
  readonly capacity: Capacity;
}

/** A pool's price: its own level, and a slow wave about it. */
interface Pool {
  readonly share: number;
  readonly phase: number;
  used: number;
}

const waveSeconds = 86_400;

export function spotPools({ now, chance, prices, capacity }: SpotPoolsOptions): SpotPools {
  const pools = new Map<string, Pool>();
  const poolOf = (place: Placement, market: Market): Pool => {
    const key = `${market}/${place.type}/${place.zone}`;
    let pool = pools.get(key);
    if (pool === undefined) {
      const own = chance.stream(key);
      pool = { share: usualSpotShare * own.between(0.7, 1.3), phase: own.between(0, 2 * Math.PI), used: 0 };
      pools.set(key, pool);
    }
    return pool;
  };

  return {
    take({ placements, market }, wanted) {
      const places: Placement[] = [];
      const errors: LaunchError[] = [];
      for (const place of placements) {
        if (places.length === wanted) break;
        const pool = poolOf(place, market);
        const left = wanted - places.length;
        const count = Math.max(0, Math.min(left, (capacity(place, market) ?? Number.POSITIVE_INFINITY) - pool.used));
        for (let i = 0; i < count; i++) places.push({ type: place.type, zone: place.zone });
        pool.used += count;
        if (count < left) errors.push({ kind: 'capacity', message: 'InsufficientInstanceCapacity', placement: place });
      }
      return { places, errors };
    },
    release: (machine) => {
      poolOf(machine, machine.market).used -= 1;
    },
    dollarsAnHour(place, market) {
      const full = onDemandDollarsAnHour(place.type, prices);
      if (market === 'on-demand') return full;
      const { share, phase } = poolOf(place, market);
      const wave = 1 + 0.1 * Math.sin(phase + (2 * Math.PI * now()) / 1000 / waveSeconds);
      return full * share * wave;
    },
  };
}
