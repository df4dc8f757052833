import { firstIndex } from '../../adapters/memory/first-index.ts';
import { after, type Instant } from '../../core/instant.ts';
import type { FactOf, Witness } from '../facts.ts';
import type { CheckedRun } from './check.ts';

/** Whether a fleet could have launched, by the machines that there were. */
export interface FreeSlots {
  readonly witness: Witness;
  /** When limits or the hourly cap last kept it from launching; never: 0. */
  heldUntil(fleet: string, at: Instant): Instant;
  /** Machines that it launched since then. */
  launchedSince(fleet: string, from: Instant): number;
  /** When one of its machines last ended that never became a runner; never: 0. */
  failedAt(fleet: string): Instant;
}

interface FleetLife {
  readonly alive: Set<string>;
  launches: Instant[];
  fullUntil: Instant;
  failedAt: Instant;
}

/** Longer than anybody waits here for one job. */
const rememberedSeconds = 4 * 3600;

export function freeSlots(run: CheckedRun): FreeSlots {
  const fleets = new Map<string, FleetLife>();
  const fleetOf = new Map<string, string>();
  const listened = new Set<string>();
  let allFullUntil: Instant = 0;

  const lifeOf = (fleet: string): FleetLife => {
    const life = fleets.get(fleet) ?? { alive: new Set(), launches: [], fullUntil: 0, failedAt: 0 };
    fleets.set(fleet, life);
    return life;
  };
  const limitOf = (fleet: string): number => run.fleets().find(({ name }) => name === fleet)?.runnersMaximumCount ?? 0;
  /** Whatever is full is so until now at least. */
  const noteFull = (fleet: string, at: Instant): void => {
    const life = lifeOf(fleet);
    if (isReached(limitOf(fleet), life.alive.size)) life.fullUntil = at;
    if (isReached(run.deploymentLimit(), fleetOf.size)) allFullUntil = at;
  };
  const launched = ({ instance, fleet }: FactOf<'instance-launched'>, at: Instant): void => {
    const life = lifeOf(fleet);
    life.alive.add(instance);
    fleetOf.set(instance, fleet);
    if ((life.launches[0] ?? at) < after(at, -2 * rememberedSeconds)) {
      life.launches = life.launches.filter((one) => one >= after(at, -rememberedSeconds));
    }
    life.launches.push(at);
  };
  const gone = (instance: string, at: Instant): void => {
    const fleet = fleetOf.get(instance);
    if (fleet === undefined) return;
    noteFull(fleet, at);
    fleetOf.delete(instance);
    lifeOf(fleet).alive.delete(instance);
    if (!listened.delete(instance)) lifeOf(fleet).failedAt = at;
  };

  return {
    heldUntil(fleet, at) {
      noteFull(fleet, at);
      const { launches, fullUntil } = lifeOf(fleet);
      const cap = run.fleets().find(({ name }) => name === fleet)?.launchesPerHourLimit ?? 0;
      const lastOfCap = launches.at(-cap);
      const cappedUntil = lastOfCap === undefined ? 0 : after(lastOfCap, 3600);
      return Math.min(at, Math.max(fullUntil, allFullUntil, cappedUntil));
    },
    launchedSince(fleet, from) {
      const { launches } = lifeOf(fleet);
      return launches.length - firstIndex(launches, (one) => one >= from);
    },
    failedAt: (fleet) => lifeOf(fleet).failedAt,
    witness(fact, at) {
      if (fact.kind === 'instance-launched') launched(fact, at);
      else if (fact.kind === 'runner-online') listened.add(fact.instance);
      else if (fact.kind === 'instance-gone') gone(fact.instance, at);
      else if (fact.kind === 'configured') for (const fleet of fleets.keys()) noteFull(fleet, at);
    },
  };
}

const isReached = (limit: number, count: number): boolean => limit >= 0 && count >= limit;
