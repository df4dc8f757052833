import { balanceOf } from '../src/core/balance.ts';
import type { Usage } from '../src/core/lane-view.ts';
import { planScaleDown } from '../src/core/scale-down-plan.ts';
import { planScaleUp } from '../src/core/scale-up-plan.ts';
import { documentedTiming as timing } from '../src/core/timing.ts';
import { city } from '../tests/city/city.ts';
import type { Figures } from './figures.ts';
import { laneState } from './lane-facts.ts';

const now = Date.UTC(2026, 0, 1);
const usage: Usage = {
  fleetUsed: 5000,
  deploymentUsed: 5000,
  starving: [],
  launchTat: 0,
  resting: [],
  budgetTat: new Map(),
};

/** The pure decisions about one lane of 5,000 waiting jobs and 5,000 runners; and how they grow with the lane. */
export function decisions(): Figures {
  const large = decisionsOf(5000);
  const small = decisionsOf(500);
  return {
    balancesPerSecond: large.balance,
    scaleUpPlansPerSecond: large.scaleUp,
    scaleDownPlansPerSecond: large.scaleDown,
    // 10 for work that grows with the lane, 100 with its square.
    balanceTimesSlowerForTenfold: small.balance / large.balance,
    scaleUpTimesSlowerForTenfold: small.scaleUp / large.scaleUp,
    scaleDownTimesSlowerForTenfold: small.scaleDown / large.scaleDown,
  };
}

function decisionsOf(size: number) {
  const { config, forge } = city({ fleets: [{ runnersMaximumCount: -1 }] }).world;
  const [fleet] = config.fleets;
  if (fleet === undefined) throw new Error('The city has a fleet.');
  const lane = { fleet: fleet.name, scope: 'org:acme' } as const;
  const idle = size / 2;
  const { facts, instances, registrations } = laneState({ lane, busy: size - idle, idle, waiting: size }, now);
  const deployment = {
    lanes: [facts],
    instances: new Map(instances.map((instance) => [instance.id, instance])),
    registrations: new Map([[lane.scope, new Map(registrations.map((known) => [known.name, known]))]]),
    otherJobs: [],
  };
  const policy = { bootLimitSeconds: 300, timing };
  const balance = balanceOf(facts, 0, policy, now);
  const { view } = facts;
  const breaker = { kind: 'closed' } as const;
  const asked = { view, balance, usage, breaker, config, fleet, apps: forge.apps, timing };
  return {
    balance: perSecond(() => balanceOf(facts, 0, policy, now)),
    scaleUp: perSecond(() => planScaleUp(asked, now)),
    scaleDown: perSecond(() =>
      planScaleDown(deployment, { fleetOf: () => ({ fleet, isRemoved: false }), deploymentLimit: -1, timing }, now),
    ),
  };
}

const measuredMilliseconds = 1000;

function perSecond(decide: () => unknown): number {
  for (let warmUp = 0; warmUp < 5; warmUp++) decide();
  const startedAt = performance.now();
  let decided = 0;
  while (performance.now() - startedAt < measuredMilliseconds) {
    decide();
    decided += 1;
  }
  return (decided * 1000) / (performance.now() - startedAt);
}
