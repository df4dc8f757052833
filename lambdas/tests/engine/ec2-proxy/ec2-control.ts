import type { CallCounts, callCounts } from '../call-counts.ts';
import type { Capacity, PlaceRefusal, Pool } from './capacity.ts';
import type { faultBook, RandomFaults, ScriptedLoss, ScriptedRefusal } from './faults.ts';
import { type eventSink, interruptionEvent, type Place } from './machine-events.ts';
import type { Machine, MachineState, Machines, NewMachine, Pace } from './machines.ts';

export type SeenMachine = Machine & { readonly state: MachineState };

/** What a test does to EC2 behind its callers' backs. Everything is plain data, so that it works from elsewhere too. */
export interface Ec2Control {
  setCapacity(room: Partial<Pool> & { readonly machines: number | null }): void;
  refusePlaces(refusal: PlaceRefusal): void;
  refuseCalls(refusal: ScriptedRefusal): void;
  loseAnswers(loss: ScriptedLoss): void;
  failAtRandom(faults: RandomFaults): void;
  /** No refusal, no loss, and room everywhere that was not given a limit of its own. */
  clearFaults(): void;
  setPace(pace: Partial<Pace>): void;
  /** The next machines that come end at once, for that reason. */
  endNextLaunched(next: { readonly count: number; readonly code: string; readonly message?: string }): void;
  end(one: { readonly id: string; readonly code: string; readonly message?: string }): void;
  /** A Spot notice, and the end after it. */
  interrupt(one: { readonly id: string; readonly noticeSeconds?: number }): void;
  mark(one: { readonly id: string } & Partial<Pick<Machine, 'isImpaired' | 'isProtected' | 'tags'>>): void;
  /** Machines that nobody launched here; moto does not know them. */
  plant(some: NewMachine & { readonly count: number }): readonly string[];
  machines(): readonly SeenMachine[];
  sendEvents(to: { readonly url: string | null }): void;
  counts(): CallCounts;
  resetCounts(): void;
}

export interface ControlledWorld {
  readonly machines: Machines;
  readonly capacity: Capacity;
  readonly faults: ReturnType<typeof faultBook>;
  readonly counts: ReturnType<typeof callCounts>;
  readonly events: ReturnType<typeof eventSink>;
  readonly pace: Pace;
  readonly place: Place;
  /** How those end that come next, one after the other. */
  readonly shortLives: { readonly code: string; readonly message: string }[];
}

const spot = 'Server.SpotInstanceTermination';

export function ec2Control(world: ControlledWorld): Ec2Control {
  const { machines, capacity, faults, counts, events, pace, place, shortLives } = world;
  return {
    setCapacity: capacity.set,
    refusePlaces: capacity.refuse,
    refuseCalls: faults.refuse,
    loseAnswers: faults.lose,
    failAtRandom: faults.failAtRandom,
    clearFaults: () => {
      faults.clear();
      capacity.acceptAll();
    },
    setPace: (wanted) => {
      Object.assign(pace, wanted);
    },
    endNextLaunched: ({ count, code, message = '' }) => {
      shortLives.push(...Array.from({ length: count }, () => ({ code, message })));
    },
    end: ({ id, code, message = '' }) => machines.end(id, code, message),
    interrupt: ({ id, noticeSeconds = 120 }) => {
      const machine = machines.get(id);
      if (machine === undefined) throw new Error(`There is no machine ${id}.`);
      events.send(interruptionEvent(place, machine));
      machines.later(noticeSeconds, () => machines.end(id, spot, 'Spot instance termination'));
    },
    mark: ({ id, ...marks }) => {
      const machine = machines.get(id);
      if (machine === undefined) throw new Error(`There is no machine ${id}.`);
      Object.assign(machine, marks, marks.tags && { tags: { ...machine.tags, ...marks.tags } });
    },
    plant: ({ count, ...machine }) => Array.from({ length: count }, () => machines.add(machine).id),
    machines: () => machines.all().map((machine) => ({ ...machine, state: machines.stateOf(machine) })),
    sendEvents: ({ url }) => events.sendTo(url ?? undefined),
    counts: counts.read,
    resetCounts: counts.reset,
  };
}
