import { documentedTiming, type Timing } from '../../core/timing.ts';
import { type Chance, chance } from '../engine/chance.ts';
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
/** Longer than all waits in a row that a runner may come to: a probe's hour, two looks at a lost one, its first job. */
const quietLimitSeconds = 4 * 3600;

/** The run that a seed is, of what was asked for. The same seed and scenario: the same plan. */
export function drawPlan(seed: number, scenario: Scenario): RunPlan {
  const dice = chance(seed).stream('plan');
  const isTroubled = scenario.faults !== 'none';
  const { bootSeconds = isTroubled ? dice.stream('boot').whole(10, 90) : usualBootSeconds } = scenario;
  const { config = isTroubled ? drawConfig(dice.stream('config'), bootSeconds) : exampleConfig() } = scenario;
  const whole = drawWorkload(scenario.workload, { config, dice, isTroubled });
  const workload = reducedWorkload(whole, scenario.only);
  const faults = reducedFaults(drawFaults(scenario.faults, dice.stream('faults')), scenario.only);
  return {
    seed,
    config,
    workload,
    faults,
    dropWebhooks: scenario.dropWebhooks,
    apps: appNames(scenario.apps ?? (isTroubled ? dice.stream('apps').whole(1, 2) : config.forge.apps.length)),
    prices: scenario.prices,
    timing: timingOf(faults),
    bootSeconds,
    ...(isTroubled ? drawLimits(dice.stream('limits')) : usualLimits),
    // Measured on the whole workload, so that fewer of its jobs meet the faults where all of them did.
    safetySeconds: isTroubled ? safetySecondsOf(whole, dice.stream('safety')) : 0,
    quietLimitSeconds,
  };
}

const usualLimits = { invocationsAtOnce: 10, tablePageLimit: 1000 };

const drawLimits = (dice: Chance): typeof usualLimits => ({
  invocationsAtOnce: dice.whole(1, 10),
  tablePageLimit: dice.pick([3, 10, 50, 1000]),
});

const appNames = (count: number): readonly string[] => Array.from({ length: count }, (_, place) => `app-${place + 1}`);

/**
 * Where nothing goes wrong no event comes again days later, so that done jobs need not be remembered for a week: a run
 * of many days keeps its size.
 */
const timingOf = (faults: ReadonlyMap<string, number>): Timing =>
  faults.size > 0 ? documentedTiming : { ...documentedTiming, tombstoneSeconds: 12 * 3600 };

/** As long as jobs come, and on into the time when the last of them run. */
function safetySecondsOf(workload: Workload, dice: Chance): number {
  let lastSeconds = 0;
  for (const { atSeconds, blockedSeconds = 0 } of workload.jobs())
    lastSeconds = Math.max(lastSeconds, atSeconds + blockedSeconds);
  return Math.ceil(lastSeconds) + dice.whole(300, 2400);
}
