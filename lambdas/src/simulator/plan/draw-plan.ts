import type { Config } from '../../core/config.ts';
import { documentedTiming, type Timing } from '../../core/timing.ts';
import { type Chance, chance } from '../engine/chance.ts';
import { everyFault } from '../faults/every-fault.ts';
import type { RunPlan } from '../run-plan.ts';
import type { Workload } from '../workloads/workload.ts';
import { drawConfig } from './draw-config.ts';
import { drawFaults } from './draw-faults.ts';
import { drawWorkload } from './draw-workload.ts';
import { exampleConfig } from './example-config.ts';
import { reducedFaults, reducedWorkload } from './reduction.ts';
import type { Scenario } from './scenario.ts';

/** From the image to the agent's first look: a prepared image, and half a minute where it is not. */
const usualBootSeconds = 30;
/** Longer than all waits of ours in a row: a probe's hour, two looks at a lost runner, adoption, a stray registration. */
const usualQuietSeconds = 4 * 3600;

/** The run that a seed is, of what was asked for. The same seed and scenario: the same plan. */
export function drawPlan(seed: number, scenario: Scenario): RunPlan {
  const dice = chance(seed).stream('plan');
  const isTroubled = scenario.faults !== 'none';
  const deployment = drawDeployment(scenario, dice, isTroubled);
  const whole = drawWorkload(scenario.workload, { config: deployment.config, dice, isTroubled });
  const faults = reducedFaults(drawFaults(scenario.faults, dice.stream('faults')), scenario.only);
  return {
    seed,
    ...deployment,
    workload: reducedWorkload(whole, scenario.only),
    faults,
    dropWebhooks: scenario.dropWebhooks,
    prices: scenario.prices,
    timing: timingOf(faults),
    // Measured on the whole workload, so that fewer of its jobs meet the faults where all of them did.
    safetySeconds: isTroubled ? safetySecondsOf(whole, faults, dice.stream('safety')) : 0,
    quietLimitSeconds: usualQuietSeconds + longestIdleSeconds(deployment.config),
  };
}

type Deployment = Pick<RunPlan, 'config' | 'apps' | 'bootSeconds' | 'invocationsAtOnce' | 'tablePageLimit'>;

/** What was asked for, or is usual; where faults act and nobody brought a configuration, whatever there could be. */
function drawDeployment({ config, apps, bootSeconds }: Scenario, dice: Chance, isTroubled: boolean): Deployment {
  if (config !== undefined || !isTroubled) {
    const known = config ?? exampleConfig();
    return {
      config: known,
      apps: appNames(apps ?? known.forge.apps.length),
      bootSeconds: bootSeconds ?? usualBootSeconds,
      invocationsAtOnce: 10,
      tablePageLimit: 1000,
    };
  }
  const limits = dice.stream('limits');
  const drawnBootSeconds = bootSeconds ?? dice.stream('boot').whole(10, 90);
  return {
    config: drawConfig(dice.stream('config'), drawnBootSeconds),
    apps: appNames(apps ?? dice.stream('apps').whole(1, 2)),
    bootSeconds: drawnBootSeconds,
    invocationsAtOnce: limits.whole(1, 10),
    tablePageLimit: limits.pick([3, 10, 50, 1000]),
  };
}

const appNames = (count: number): readonly string[] => Array.from({ length: count }, (_, place) => `app-${place + 1}`);

/**
 * Where nothing goes wrong no event comes again days later, so that done jobs need not be remembered for a week: a run
 * of many days keeps its size.
 */
const timingOf = (faults: ReadonlyMap<string, number>): Timing =>
  faults.size > 0 ? documentedTiming : { ...documentedTiming, tombstoneSeconds: 12 * 3600 };

/** A runner may boot, wait for its first job and serve its time, as long as somebody configured. */
const longestIdleSeconds = ({ fleets }: Config): number =>
  Math.max(
    ...fleets.map(
      ({ runnerBootTimeMinutes, firstJobMinutes, minimumRunningTimeMinutes }) =>
        60 * (runnerBootTimeMinutes + firstJobMinutes + minimumRunningTimeMinutes),
    ),
  );

/** As long as jobs come, and on into the time when the last of them run. */
function safetySecondsOf(workload: Workload, faults: RunPlan['faults'], dice: Chance): number {
  let lastSeconds = 0;
  for (const { atSeconds, blockedSeconds = 0 } of workload.jobs())
    lastSeconds = Math.max(lastSeconds, atSeconds + blockedSeconds);
  const outlasts = everyFault.filter(({ name }) => faults.has(name)).map((fault) => fault.outlastsJobsBySeconds ?? 0);
  return Math.ceil(lastSeconds) + dice.whole(300, 2400) + dice.whole(0, Math.max(0, ...outlasts));
}
