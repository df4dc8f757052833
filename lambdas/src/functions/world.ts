import type { Config } from '../core/config.ts';
import type { Instant } from '../core/instant.ts';
import type { Timing } from '../core/timing.ts';
import type { Clock } from '../ports/clock.ts';
import type { Compute } from '../ports/compute.ts';
import type { Forge } from '../ports/forge.ts';
import type { Hosts } from '../ports/hosts.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Queue } from '../ports/queue.ts';

/** All that the control plane's functions may ask. Who binds it chooses the adapters. */
export interface World {
  readonly config: Config;
  readonly timing: Timing;
  readonly forge: Forge;
  readonly compute: Compute;
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly log: Log;
  /** When this invocation must have stopped starting new work; what is left is handed back. */
  readonly deadlineAt?: Instant;
  /** Whether a fleet is being taken away: it launches nothing, and lets everybody go. Absent: none is. */
  readonly isDraining?: (fleet: string) => Promise<boolean>;
}

export const isDraining = async (world: World, fleet: string): Promise<boolean> =>
  (await world.isDraining?.(fleet)) ?? false;

/** Whether there is still time to start something that takes a few calls. */
export const hasTime = (world: World): boolean =>
  world.deadlineAt === undefined || world.clock.now() < world.deadlineAt;
