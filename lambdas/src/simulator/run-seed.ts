import { ageSeconds } from '../core/instant.ts';
import { readyWanted } from './checks/ready-wanted.ts';
import type { Witness } from './facts.ts';
import type { HistogramData } from './measures/histogram.ts';
import { measures } from './measures/measures.ts';
import type { Breach, RunResult, TimelinePoint } from './result.ts';
import type { RunPlan } from './run-plan.ts';
import { type Ending, simulate } from './simulate.ts';
import { countSometimes } from './sometimes/count-sometimes.ts';
import { onDemandDollarsAnHour } from './world/prices.ts';

/** What one seed came to. Plain data, for another thread. */
export interface SeedOutcome {
  readonly result: RunResult;
  readonly timeline: readonly TimelinePoint[];
  /** Of all jobs, to be put together with those of other seeds. */
  readonly waits: HistogramData;
  /** Machines at most, for all fleets together; -1: no limit. */
  readonly limit: number;
}

/** Runs a plan, and measures it. `onJobs`: so many more jobs ended, now and then. */
export async function runSeed(plan: RunPlan, onJobs: (count: number) => void = () => {}): Promise<SeedOutcome> {
  const { fleets } = plan.config;
  const measured = measures({
    onDemandDollarsAnHour: (type) => onDemandDollarsAnHour(type, plan.prices),
    readyWanted: (name, at) => {
      const fleet = fleets.find((one) => one.name === name);
      return fleet ? readyWanted(fleet, at) : 0;
    },
  });
  const sometimes = countSometimes();
  const ending = await simulate(plan, [measured.witness, sometimes.witness, jobsEnded(onJobs)]);
  const { result, timeline, waits } = measured.figures(ending.endedAt);
  return {
    result: {
      seed: plan.seed,
      ...result,
      ...brokenCounts(ending),
      ...endingFigures(ending),
      sometimes: sometimes.counts(),
    },
    timeline,
    waits,
    limit: machineLimit(plan),
  };
}

const jobsAWord = 200;

function jobsEnded(tell: (count: number) => void): Witness {
  let ended = 0;
  return ({ kind }) => {
    if (kind !== 'job-ended') return;
    ended += 1;
    if (ended % jobsAWord === 0) tell(jobsAWord);
  };
}

/** A machine's id; all else that leaks is a registration. */
const isMachine = ({ subject }: Breach): boolean => subject.startsWith('i-');

function brokenCounts({ breaches }: Ending) {
  const of = (promise: Breach['promise']): readonly Breach[] => breaches.filter((breach) => breach.promise === promise);
  const leaked = of('nothing-leaked');
  const leakedInstances = leaked.filter(isMachine).length;
  return {
    lost: of('no-job-lost').length,
    busyKills: of('no-busy-runner-ended').length,
    leakedInstances,
    leakedRegistrations: leaked.length - leakedInstances,
    overLimit: of('never-over-the-limit').length,
  };
}

const endingFigures = ({ startedAt, endedAt, calls, breaches }: Ending) => ({
  virtualSeconds: ageSeconds(startedAt, endedAt),
  calls,
  breaches,
});

function machineLimit({ config }: RunPlan): number {
  const limits = config.fleets.map(({ runnersMaximumCount }) => runnersMaximumCount);
  const ofFleets = limits.includes(-1) ? -1 : limits.reduce((sum, limit) => sum + limit, 0);
  const known = [ofFleets, config.runnersMaximumCount].filter((limit) => limit >= 0);
  return known.length === 0 ? -1 : Math.min(...known);
}
