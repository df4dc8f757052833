import type { Instant } from '../../core/instant.ts';
import type { FactOf, Witness } from '../facts.ts';

/**
 * `boot`: its runner has never listened · `idle`: it listens · `busy`: it runs a job ·
 * `leaving`: it listened once, its end has begun, and no job runs there.
 */
export type MachinePhase = 'boot' | 'idle' | 'busy' | 'leaving';

/** A machine that is not gone. */
export interface PhasedMachine {
  readonly launch: FactOf<'instance-launched'>;
  readonly phase: MachinePhase;
  /** When the phase began. */
  readonly since: Instant;
  readonly runningAt: Instant | undefined;
  readonly endingAt: Instant | undefined;
}

/** The machine still is as it was before. Not told of the launch itself, with which `boot` begins. */
export type PhaseChange = (machine: PhasedMachine, next: MachinePhase | 'gone', at: Instant) => void;

export interface MachinePhases {
  readonly hear: Witness;
  living(): Iterable<PhasedMachine>;
}

interface Kept extends PhasedMachine {
  phase: MachinePhase;
  since: Instant;
  runningAt: Instant | undefined;
  endingAt: Instant | undefined;
  job: string | undefined;
}

/** What each machine is doing, as figures about machines' time understand it. */
export function machinePhases(changes: PhaseChange): MachinePhases {
  const machines = new Map<string, Kept>();

  const enter = (machine: Kept, next: MachinePhase, at: Instant): void => {
    if (machine.phase === next) return;
    changes(machine, next, at);
    machine.phase = next;
    machine.since = at;
  };
  const rest = (machine: Kept, at: Instant): void => {
    machine.job = undefined;
    enter(machine, machine.endingAt === undefined ? 'idle' : 'leaving', at);
  };

  const hearOf = (machine: Kept, fact: MachineFact, at: Instant): void => {
    switch (fact.kind) {
      case 'instance-running':
        machine.runningAt ??= at;
        return;
      case 'runner-online':
        if (machine.phase === 'boot') rest(machine, at);
        return;
      case 'job-started':
        machine.job = fact.job;
        enter(machine, 'busy', at);
        return;
      case 'job-ended':
        // A job that was handed to it and never began there ends nothing.
        if (machine.job === fact.job) rest(machine, at);
        return;
      case 'instance-ending':
        machine.endingAt ??= at;
        if (machine.phase === 'idle') rest(machine, at);
        return;
      case 'instance-gone':
        changes(machine, 'gone', at);
        machines.delete(fact.instance);
    }
  };

  const hear: Witness = (fact, at) => {
    switch (fact.kind) {
      case 'instance-launched':
        machines.set(fact.instance, launched(fact, at));
        return;
      case 'instance-running':
      case 'runner-online':
      case 'job-started':
      case 'job-ended':
      case 'instance-ending':
      case 'instance-gone': {
        const machine = fact.instance === undefined ? undefined : machines.get(fact.instance);
        if (machine) hearOf(machine, fact, at);
      }
    }
  };
  return { hear, living: () => machines.values() };
}

type MachineFact = FactOf<
  'instance-running' | 'runner-online' | 'job-started' | 'job-ended' | 'instance-ending' | 'instance-gone'
>;

const launched = (launch: FactOf<'instance-launched'>, at: Instant): Kept => ({
  launch,
  phase: 'boot',
  since: at,
  runningAt: undefined,
  endingAt: undefined,
  job: undefined,
});
