import type { Balance } from './balance.ts';
import { ageSeconds, type Instant } from './instant.ts';
import type { Lane } from './lane.ts';

/** How long jobs have been waiting: half of them, nearly all, and all of them no longer than this. 0 where none waits. */
export interface Ages {
  readonly p50Seconds: number;
  readonly p95Seconds: number;
  readonly oldestSeconds: number;
}

export interface FleetFigures {
  readonly demand: number;
  readonly supply: number;
  readonly waitP95Seconds: number;
}

export interface DeploymentFigures {
  readonly queueAge: Ages;
  readonly fleets: ReadonlyMap<string, FleetFigures>;
}

interface Balanced {
  readonly lane: Lane;
  readonly balance: Pick<Balance, 'waiting' | 'stuck' | 'demand' | 'supply'>;
}

/** What a look at all lanes says about the deployment. Every fleet that is named has figures, also one without lanes. */
export function deploymentFigures(
  plans: readonly Balanced[],
  fleets: readonly string[],
  now: Instant,
): DeploymentFigures {
  const named = fleets.map((fleet): readonly [string, FleetFigures] => {
    const lanes = plans.filter(({ lane }) => lane.fleet === fleet);
    return [
      fleet,
      {
        demand: sumOf(lanes, 'demand'),
        supply: sumOf(lanes, 'supply'),
        waitP95Seconds: agesOf(lanes, now).p95Seconds,
      },
    ];
  });
  return { queueAge: agesOf(plans, now), fleets: new Map(named) };
}

const sumOf = (plans: readonly Balanced[], name: 'demand' | 'supply'): number =>
  plans.reduce((sum, { balance }) => sum + balance[name], 0);

/** A job that three launches did not start waits too. */
function agesOf(plans: readonly Balanced[], now: Instant): Ages {
  const ages = plans
    .flatMap(({ balance }) => [...balance.waiting, ...balance.stuck])
    .map(({ queuedAt }) => ageSeconds(queuedAt, now))
    .sort((one, other) => one - other);
  const at = (share: number): number => ages[Math.max(0, Math.ceil(ages.length * share) - 1)] ?? 0;
  return { p50Seconds: at(0.5), p95Seconds: at(0.95), oldestSeconds: at(1) };
}
