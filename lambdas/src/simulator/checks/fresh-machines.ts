import { after, type Instant } from '../../core/instant.ts';
import type { Fact, FactOf, Witness } from '../facts.ts';
import type { CheckedRun } from './check.ts';

/** A machine on its way to a job, or waiting for one. */
export interface FreshMachine {
  readonly id: string;
  readonly lane: string;
  readonly staysUntil: Instant;
  /** Nothing happened to it for which another may have been launched. */
  isSound: boolean;
  hadJob: boolean;
}

/** Machines on which a lane can surely count, as they are younger than the longest boot and have had no job. */
export interface FreshMachines {
  readonly witness: Witness;
  of(lane: string, at: Instant): readonly FreshMachine[];
}

/** A look at a machine takes its time: near its boot limit it may have been called late. */
const marginSeconds = 60;

export function freshMachines(run: CheckedRun): FreshMachines {
  const all = new Map<string, FreshMachine>();
  const fresh = new Map<string, Set<FreshMachine>>();
  const instanceOf = new Map<string, string>();

  const launched = ({ instance: id, lane, fleet: name }: FactOf<'instance-launched'>, at: Instant): void => {
    const bootMinutes = run.fleets().find((fleet) => fleet.name === name)?.runnerBootTimeMinutes ?? 0;
    const staysUntil = after(at, bootMinutes * 60 - marginSeconds);
    const machine = { id, lane, staysUntil, isSound: true, hadJob: false };
    all.set(id, machine);
    fresh.set(lane, (fresh.get(lane) ?? new Set()).add(machine));
  };
  const notFresh = (id: string): FreshMachine | undefined => {
    const machine = all.get(id);
    if (machine) fresh.get(machine.lane)?.delete(machine);
    return machine;
  };
  const assigned = (id: string): void => {
    const machine = notFresh(id);
    if (machine) machine.hadJob = true;
  };
  const doubt = (id: string): void => {
    const machine = notFresh(id);
    if (machine !== undefined && !machine.hadJob) machine.isSound = false;
  };

  return {
    of(lane, at) {
      const machines = fresh.get(lane) ?? new Set();
      for (const machine of machines) {
        if (machine.staysUntil >= at) break;
        machines.delete(machine);
      }
      return [...machines];
    },
    witness(fact, at) {
      const doubted = doubtedBy(fact);
      if (doubted !== undefined) doubt(instanceOf.get(doubted) ?? doubted);
      switch (fact.kind) {
        case 'instance-launched':
          return launched(fact, at);
        case 'job-assigned':
          return assigned(fact.instance);
        case 'instance-gone':
          return void all.delete(fact.instance);
        case 'registration-made':
          return void instanceOf.set(fact.name, fact.instance ?? '');
        case 'registration-gone':
          return void instanceOf.delete(fact.name);
        default:
      }
    },
  };
}

/** The machine, or its registration, that can't be counted on any more. */
function doubtedBy(fact: Fact): string | undefined {
  switch (fact.kind) {
    case 'instance-ending':
      return fact.instance;
    case 'registration-gone':
      return fact.name;
    case 'fault':
      return fact.subject;
    case 'log':
      return doubtedByLog(fact);
    default:
      return undefined;
  }
}

/** It wants to leave, or was asked to. */
function doubtedByLog({ by, fields }: FactOf<'log'>): string | undefined {
  const { instance, runner, sees } = fields;
  if (by === 'host' && sees === 'leaving') return String(instance);
  return by === 'scale-down' && runner !== undefined ? String(runner) : undefined;
}
