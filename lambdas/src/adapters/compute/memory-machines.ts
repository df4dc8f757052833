import { after, type Instant } from '../../core/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Instance, LaunchRequest, Placement } from '../../ports/compute.ts';

export interface MachineOptions {
  readonly clock: Pick<Clock, 'now' | 'id'>;
  /** From `pending` to `running`. */
  readonly bootSeconds?: number;
  /** From `stopping` to `terminated`. */
  readonly stopSeconds?: number;
  /** How long an ended machine stays listed. */
  readonly lingerSeconds?: number;
}

interface Machine extends Omit<Instance, 'state' | 'endReason'> {
  readonly noticeAt?: Instant;
  /** May lie ahead: Spot's notice says so. */
  readonly ending?: { readonly at: Instant; readonly reason: string };
}

/** The machines of a provider in memory. Their states follow from the time, so that none has to be moved on. */
export function memoryMachines(options: MachineOptions) {
  const { clock } = options;
  const machines = new Map<string, Machine>();
  const instanceOf = instanceView(options);
  const change = (id: string, changes: (machine: Machine) => Partial<Machine>): void => {
    const machine = machines.get(id);
    if (machine) machines.set(id, { ...machine, ...changes(machine) });
  };

  return {
    add: (request: LaunchRequest, placement: Placement): Instance => {
      const machine = newMachine(clock, request, placement);
      machines.set(machine.id, machine);
      return instanceOf(machine);
    },
    change,
    /** The first end counts. */
    endAt: (id: string, at: Instant, reason: string): void =>
      change(id, ({ ending }) => (ending && ending.at <= at ? {} : { ending: { at, reason } })),
    noticeOf: (id: string): Instant | null => machines.get(id)?.noticeAt ?? null,
    get: (id: string): Instance | undefined => {
      const machine = machines.get(id);
      return machine && instanceOf(machine);
    },
    all: (): readonly Instance[] => {
      forgetEnded(machines, options);
      return [...machines.values()].map(instanceOf);
    },
  };
}

function newMachine(clock: MachineOptions['clock'], request: LaunchRequest, { type, zone }: Placement): Machine {
  const { lane, fleet, launchId, market } = request;
  // As EC2's ids look.
  const id = `i-${clock.id().replaceAll('-', '').slice(0, 17)}`;
  return {
    id,
    lane,
    fleet,
    launchId,
    launchedAt: clock.now(),
    type,
    zone,
    market,
    bypassRemoval: false,
    impaired: false,
  };
}

function instanceView({ clock, bootSeconds = 30, stopSeconds = 0 }: MachineOptions): (machine: Machine) => Instance {
  const stateOf = ({ launchedAt, ending }: Machine): Instance['state'] => {
    const now = clock.now();
    if (ending && ending.at <= now) return now < after(ending.at, stopSeconds) ? 'stopping' : 'terminated';
    return now < after(launchedAt, bootSeconds) ? 'pending' : 'running';
  };
  return (machine) => {
    const { ending, noticeAt: _known, ...rest } = machine;
    const hasEnded = ending && ending.at <= clock.now();
    return { ...rest, state: stateOf(machine), ...(hasEnded && { endReason: ending.reason }) };
  };
}

function forgetEnded(machines: Map<string, Machine>, { clock, lingerSeconds = 3_600 }: MachineOptions): void {
  for (const [id, { ending }] of machines) {
    if (ending && after(ending.at, lingerSeconds) <= clock.now()) machines.delete(id);
  }
}
