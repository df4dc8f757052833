import { drawPlan } from '../plan/draw-plan.ts';
import type { Reduction } from '../plan/reduction.ts';
import type { Scenario } from '../plan/scenario.ts';
import type { Breach } from '../result.ts';
import { simulate } from '../simulate.ts';
import { shorterList } from './shorter-list.ts';

export interface ShrinkOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly breach: Breach;
  /** So many runs are tried at most: each is as long as the one that failed, or shorter. */
  readonly runsLimit: number;
}

/** The smallest part of a run that was found to break the same promise. */
export interface Shrunk {
  readonly only: Reduction;
  readonly breach: Breach;
  readonly jobs: number;
  readonly faults: readonly string[];
  readonly runs: number;
}

const shorterJobSeconds = [1, 10, 60, 300];

/** Leaves out jobs, then faults, then shortens jobs, as long as that promise is broken. */
export async function shrink({ scenario, seed, breach, runsLimit }: ShrinkOptions): Promise<Shrunk> {
  let best: Pick<Shrunk, 'only' | 'breach'> = { only: scenario.only, breach };
  let runs = 0;
  const planOf = (only: Reduction) => drawPlan(seed, { ...scenario, only });
  const breaks = async (change: Reduction): Promise<boolean> => {
    if (runs >= runsLimit) return false;
    runs += 1;
    const only = { ...best.only, ...change };
    const { breaches } = await simulate(planOf(only), []);
    const same = breaches.find(({ promise }) => promise === breach.promise);
    if (same) best = { only, breach: same };
    return same !== undefined;
  };

  const whole = planOf(scenario.only);
  const places = scenario.only.jobs ?? Array.from({ length: whole.workload.count }, (_, place) => place + 1);
  await shorterList(places, (jobs) => breaks({ jobs }));
  await shorterList([...whole.faults.keys()], (faults) => breaks({ faults }));
  for (const jobSecondsLimit of shorterJobSeconds) {
    const isShorter = jobSecondsLimit < (scenario.only.jobSecondsLimit ?? Number.POSITIVE_INFINITY);
    if (isShorter && (await breaks({ jobSecondsLimit }))) break;
  }

  const { workload, faults } = planOf(best.only);
  return { ...best, jobs: workload.count, faults: [...faults.keys()], runs };
}
