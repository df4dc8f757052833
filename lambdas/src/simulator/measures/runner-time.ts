import type { Instant } from '../../core/instant.ts';
import type { Witness } from '../facts.ts';
import type { Tally } from '../result.ts';
import { type MachinePhase, machinePhases } from './machine-phases.ts';

/**
 * What machines did with their time, from the launch until EC2 calls them terminated. One whose runner never listened
 * has booted all its life; one that leaves counts as idle, as it works no more than an idle one.
 */
export interface RunnerTime {
  readonly hear: Witness;
  /** Machines that live are counted up to then. */
  figures(at: Instant): Tally['runnerSeconds'];
}

export function runnerTime(): RunnerTime {
  const sums: Record<MachinePhase, number> = { boot: 0, idle: 0, busy: 0, leaving: 0 };
  const phases = machinePhases(({ phase, since }, _, at) => {
    sums[phase] += at - since;
  });
  return {
    hear: phases.hear,
    figures(at) {
      const all = { ...sums };
      for (const { phase, since } of phases.living()) all[phase] += at - since;
      return { boot: all.boot / 1000, idle: (all.idle + all.leaving) / 1000, busy: all.busy / 1000 };
    },
  };
}
