import { randomBytes } from 'node:crypto';

export interface Pace {
  /** Before each answer. */
  latencySeconds: number;
  /** A machine is listed this long after its launch. */
  lagSeconds: number;
  bootSeconds: number;
  /** From `shutting-down` to `terminated`. */
  stopSeconds: number;
}

export interface Machine {
  readonly id: string;
  readonly type: string;
  readonly zone: string;
  readonly subnet: string;
  readonly isSpot: boolean;
  readonly launchedAt: number;
  /** Moto knows the first machine of each pool of a fleet, and none that was planted. */
  readonly isInMoto: boolean;
  tags: Readonly<Record<string, string>>;
  isImpaired: boolean;
  isProtected: boolean;
  ending?: { readonly at: number; readonly code: string; readonly message: string };
}

export type MachineState = 'pending' | 'running' | 'shutting-down' | 'terminated';
export type NewMachine = Pick<Machine, 'type' | 'zone' | 'subnet' | 'isSpot' | 'tags'> & { readonly id?: string };
export type OnState = (machine: Machine, state: MachineState) => void;

export type Machines = ReturnType<typeof machineStore>;

/** The machines that were launched. Their states follow from the time; each change of one is told. */
export function machineStore(pace: Pace, tell: OnState) {
  const machines = new Map<string, Machine>();
  const timers = new Set<NodeJS.Timeout>();
  const later = (seconds: number, act: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, seconds * 1000);
    timers.add(timer.unref());
  };

  function stateOf({ launchedAt, ending }: Machine, now = Date.now()): MachineState {
    if (ending && ending.at <= now) return now < ending.at + pace.stopSeconds * 1000 ? 'shutting-down' : 'terminated';
    return now < launchedAt + pace.bootSeconds * 1000 ? 'pending' : 'running';
  }

  return {
    stateOf,
    all: (): readonly Machine[] => [...machines.values()],
    get: (id: string): Machine | undefined => machines.get(id),
    isAlive: (machine: Machine): boolean => ['pending', 'running'].includes(stateOf(machine)),
    isListed: ({ launchedAt }: Machine): boolean => launchedAt + pace.lagSeconds * 1000 <= Date.now(),
    add(wanted: NewMachine): Machine {
      const id = wanted.id ?? `i-${randomBytes(9).toString('hex').slice(0, 17)}`;
      const born = { id, launchedAt: Date.now(), isImpaired: false, isProtected: false };
      const machine: Machine = { ...wanted, ...born, isInMoto: wanted.id !== undefined };
      machines.set(id, machine);
      tell(machine, 'pending');
      later(pace.bootSeconds, () => {
        if (stateOf(machine) === 'running') tell(machine, 'running');
      });
      return machine;
    },
    /** The first end counts. */
    end(id: string, code: string, message: string): void {
      const machine = machines.get(id);
      if (machine === undefined || machine.ending) return;
      machine.ending = { at: Date.now(), code, message };
      tell(machine, 'shutting-down');
      later(pace.stopSeconds, () => tell(machine, 'terminated'));
    },
    later,
    forgetTimers: (): void => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
