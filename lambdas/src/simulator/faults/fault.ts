import type { Config } from '../../core/config.ts';
import type { Instant } from '../../core/instant.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { SimWorld } from '../world/sim-world.ts';
import type { Trouble } from '../world/troubles.ts';

/** Where a fault may act, until `endAt`: after that the world is well, and everything good must happen. */
export interface FaultSite {
  readonly time: VirtualTime;
  /** Its own stream. */
  readonly chance: Chance;
  /** 0 to 1: how hard it strikes. Heavy is 1, light a fifth of that. */
  readonly intensity: number;
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** Once it began. */
  world(): SimWorld;
  config(): Config;
  /** What an apply does: functions that start from now on know it. */
  configure(next: Config): void;
  /** It struck: counted, and part of the story. */
  hit(subject?: string): void;
}

/** One way in which the world goes wrong. A file each. */
export interface Fault {
  readonly name: string;
  /** What happens, for the documentation and `--help`. */
  readonly sentence: string;
  /** One strike may outlast the time in which jobs come: faults act so much longer, at most, where this is one of them. */
  readonly outlastsJobsBySeconds?: number;
  begin(site: FaultSite): Trouble;
}
