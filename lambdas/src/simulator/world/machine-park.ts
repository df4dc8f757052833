import type { MemoryHosts } from '../../adapters/hosts/memory-hosts.ts';
import type { Instance } from '../../core/instance.ts';
import { after } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OwnHost } from '../../ports/hosts.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Ender, Fact } from '../facts.ts';
import type { Cloud } from './cloud.ts';
import { logOf } from './function-ports.ts';
import type { JobOffice } from './job-office.ts';
import { type SimMachine, simMachine } from './machine.ts';
import type { BootFate } from './troubles.ts';
import { type Caller, overWire, type Wire } from './wire.ts';

/** The machines that run, from the inside. */
export interface MachinePark {
  readonly machines: ReadonlyMap<string, SimMachine>;
  start(instance: Instance, fate: BootFate | undefined): void;
  stop(id: string, by: Ender): void;
}

export interface MachineParkOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  readonly wire: Wire;
  readonly hosts: MemoryHosts;
  /** Median seconds from running to the agent's first look: the image and its user data. */
  readonly bootSeconds: number;
  readonly hardLimitSeconds: (fleet: string) => number;
  readonly isTroubled: boolean;
  /** Known once the world is whole. */
  readonly cloud: () => Cloud;
  readonly office: () => JobOffice;
}

const bootSpread = 0.25;

export function machinePark(options: MachineParkOptions): MachinePark {
  const { time, chance, tell, hosts } = options;
  const machines = new Map<string, SimMachine>();
  return {
    machines,
    start(instance, fate) {
      const { id } = instance;
      const own = chance.stream(id);
      const caller: Caller = { role: 'host', instance: id, isDead: () => !machines.has(id) };
      const machine = simMachine({
        instance,
        time,
        chance: own,
        clock: ownClock(time, own, fate),
        own: overWire<OwnHost>(options.wire, 'dynamodb', caller, hosts.ownHost(id)),
        log: logOf('host', tell),
        office: options.office(),
        cloud: options.cloud(),
        tell,
        fate,
        bootSeconds: own.lognormal(options.bootSeconds, bootSpread),
        hardLimitSeconds: options.hardLimitSeconds(instance.fleet),
        isTroubled: options.isTroubled,
      });
      machines.set(id, machine);
    },
    stop(id, by) {
      machines.get(id)?.stop(by);
      machines.delete(id);
    },
  };
}

/** The machine's own idea of the time, from the moment that it starts. */
function ownClock(time: VirtualTime, chance: Chance, fate: BootFate | undefined): Clock {
  const clock = time.clock(chance, fate?.skewSeconds ?? 0);
  const jump = fate?.clockJump;
  if (jump === undefined) return clock;
  const jumpsAt = after(time.now(), jump.afterSeconds);
  return { ...clock, now: () => (time.now() < jumpsAt ? clock.now() : after(clock.now(), jump.bySeconds)) };
}
