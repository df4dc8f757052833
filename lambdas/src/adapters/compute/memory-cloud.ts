import { after, type Instant } from '../../core/instant.ts';
import type { Instance, LaunchError, LaunchRequest, LaunchResult, Placement } from '../../ports/compute.ts';
import { type MachineOptions, memoryMachines } from './memory-machines.ts';

/** Machines and what happens to them, whoever asked. */
export interface Cloud {
  /** How many machines fit into a placement at once. Without a word, all do. */
  setCapacity(placement: Placement, machines: number): void;
  /** Every new launch gets this answer, and no machine; undefined: they come again. */
  refuseLaunches(error: LaunchError | undefined): void;
  /** As many as fit, in order of the request's preference. */
  launch(request: LaunchRequest): LaunchResult;
  /** Ends a machine; one that ended before keeps its reason. */
  stop(id: string, reason: string): void;
  /** Its system was shut down from inside, which terminates it. */
  shutdown(id: string): void;
  /** Spot takes it back in two minutes; answers when. */
  giveNotice(id: string): Instant;
  /** Spot took it back, with notice or without. */
  interrupt(id: string): void;
  /** When Spot takes it back; null: it said nothing. */
  noticeOf(id: string): Instant | null;
  /** A tag that a person set, a status check that failed. */
  mark(id: string, marks: Partial<Pick<Instance, 'bypassRemoval' | 'impaired'>>): void;
  machine(id: string): Instance | undefined;
  /** Every machine that is still listed, as it is now, without any lag. */
  machines(): readonly Instance[];
}

const noticeSeconds = 120;
const spotReason = 'Server.SpotInstanceTermination';

export function memoryCloud(options: MachineOptions): Cloud {
  const { clock } = options;
  const machines = memoryMachines(options);
  const capacities = new Map<string, number>();
  let refusal: LaunchError | undefined;

  const freeIn = (placement: Placement): number => {
    const capacity = capacities.get(placementKey(placement));
    if (capacity === undefined) return Number.POSITIVE_INFINITY;
    const isThere = (machine: Instance): boolean => placementKey(machine) === placementKey(placement);
    return capacity - machines.all().filter((machine) => isThere(machine) && machine.endReason === undefined).length;
  };

  return {
    setCapacity: (placement, count) => {
      capacities.set(placementKey(placement), count);
    },
    refuseLaunches: (error) => {
      refusal = error;
    },
    launch: (request) => {
      if (refusal) return { instances: [], errors: [refusal] };
      const { places, errors } = fill(request, freeIn);
      return { instances: places.map((placement) => machines.add(request, placement)), errors };
    },
    stop: (id, reason) => machines.endAt(id, clock.now(), reason),
    shutdown: (id) => machines.endAt(id, clock.now(), 'Client.InstanceInitiatedShutdown'),
    giveNotice: (id) => {
      const noticeAt = after(clock.now(), noticeSeconds);
      machines.change(id, () => ({ noticeAt }));
      machines.endAt(id, noticeAt, spotReason);
      return noticeAt;
    },
    interrupt: (id) => machines.endAt(id, clock.now(), spotReason),
    noticeOf: machines.noticeOf,
    mark: (id, marks) => machines.change(id, () => marks),
    machine: machines.get,
    machines: machines.all,
  };
}

/** Who gets how many: the first placement with room, and the rest in turn once it runs out. */
function fill(request: LaunchRequest, freeIn: (placement: Placement) => number) {
  const places: Placement[] = [];
  const errors: LaunchError[] = [];
  for (const placement of request.placements) {
    const wanted = request.count - places.length;
    if (wanted === 0) break;
    const free = Math.max(0, Math.min(wanted, freeIn(placement)));
    places.push(...Array.from({ length: free }, () => placement));
    const message = `There is no capacity for ${placement.type} in ${placement.zone}.`;
    if (free < wanted) errors.push({ kind: 'capacity', message, placement });
  }
  return { places, errors };
}

const placementKey = ({ type, zone }: Placement): string => `${type}/${zone}`;
