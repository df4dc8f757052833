import { ageSeconds, type Instant } from '../../core/instant.ts';
import type { Witness } from '../facts.ts';
import type { Cost } from '../result.ts';
import { machinePhases, type PhasedMachine } from './machine-phases.ts';

/**
 * What EC2 would ask for the machines. It bills Linux by the second, from `running` to the beginning of its end, and at
 * least a minute; never a machine that did not come to run. Left out, so that the figure errs to the high side: a Spot
 * machine that EC2 itself takes back in its first hour is free. Disks, addresses and traffic are not in it.
 */
export interface CostMeasure {
  readonly hear: Witness;
  /** Machines that live are billed up to then. */
  figures(at: Instant): Cost;
}

const leastBilledSeconds = 60;

type Sums = { -readonly [Part in keyof Cost]: number };

export function cost(onDemandDollarsAnHour: (type: string) => number): CostMeasure {
  const sums: Sums = { spot: 0, onDemand: 0, idle: 0, savedBySpot: 0 };

  const bill = (to: Sums, machine: PhasedMachine, at: Instant): void => {
    const { market, type, dollarsAnHour } = machine.launch;
    const hours = billedSeconds(machine, at) / 3600;
    if (market === 'on-demand') {
      to.onDemand += dollarsAnHour * hours;
      return;
    }
    to.spot += dollarsAnHour * hours;
    to.savedBySpot += (onDemandDollarsAnHour(type) - dollarsAnHour) * hours;
  };

  const phases = machinePhases((machine, next, at) => {
    sums.idle += idleDollars(machine, at);
    if (next === 'gone') bill(sums, machine, at);
  });

  return {
    hear: phases.hear,
    figures(at) {
      const all = { ...sums };
      for (const machine of phases.living()) {
        all.idle += idleDollars(machine, at);
        bill(all, machine, at);
      }
      return all;
    },
  };
}

const billedSeconds = ({ runningAt, endingAt }: PhasedMachine, at: Instant): number =>
  runningAt === undefined ? 0 : Math.max(leastBilledSeconds, ageSeconds(runningAt, endingAt ?? at));

/** Of the phase that it is in. Idle ends where leaving begins, as the bill does. */
const idleDollars = ({ phase, since, launch }: PhasedMachine, at: Instant): number =>
  phase === 'idle' ? (launch.dollarsAnHour * ageSeconds(since, at)) / 3600 : 0;
