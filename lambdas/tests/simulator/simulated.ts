import { drawPlan } from '../../src/simulator/plan/draw-plan.ts';
import type { Scenario } from '../../src/simulator/plan/scenario.ts';
import { type Ending, simulate } from '../../src/simulator/simulate.ts';

/** No machine comes up in the five minutes that it has, so that the forge ends each job after a day. */
export const hopeless: Scenario = {
  workload: { kind: 'synthetic', name: 'steady', jobs: 4 },
  faults: 'none',
  dropWebhooks: 0,
  prices: {},
  bootSeconds: 3600,
  only: {},
};

export const simulated = (seed: number, scenario: Scenario): Promise<Ending> => simulate(drawPlan(seed, scenario), []);
