import type { Config } from '../../core/config.ts';
import type { Chance } from '../engine/chance.ts';
import { readTrace } from '../traces/read-trace.ts';
import { syntheticWorkload, workloadNames } from '../workloads/synthetic-workload.ts';
import type { Workload } from '../workloads/workload.ts';
import { repositoriesOf } from './repositories-of.ts';
import type { WantedWorkload } from './scenario.ts';

/** Without faults, where one run stands for many days. */
const usualJobs = 1_000;
/** With faults, many short runs see more than a long one. */
const jobsUnderFaults = [10, 60] as const;

export interface WorkloadSetting {
  readonly config: Config;
  readonly dice: Chance;
  readonly isTroubled: boolean;
}

/** The jobs that were asked for. What nobody said is usual, or, where faults act, drawn. */
export function drawWorkload(wanted: WantedWorkload, { config, dice, isTroubled }: WorkloadSetting): Workload {
  if (wanted.kind === 'trace') return readTrace(wanted.text, wanted.fileName);
  const { name = isTroubled ? dice.stream('workload').pick(workloadNames) : 'mixed' } = wanted;
  const { jobs = isTroubled ? dice.stream('jobs').whole(...jobsUnderFaults) : usualJobs } = wanted;
  return syntheticWorkload(name, {
    jobs,
    chance: dice.stream('workload'),
    labelSets: config.fleets.map(({ labels }) => labels),
    repositories: repositoriesOf(config),
  });
}
