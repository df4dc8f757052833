import { after, type Instant } from '../../core/instant.ts';
import type { CheckedRun } from './check.ts';

/** By which limits a launch may have been decided: those of now, and those that held when its decision was made. */
export interface LimitsInForce {
  configured(at: Instant): void;
  ofFleet(name: string, at: Instant): number;
  ofDeployment(at: Instant): number;
}

interface Limits {
  readonly fleets: ReadonlyMap<string, number>;
  readonly deployment: number;
  readonly until: Instant;
}

export function limitsInForce(run: CheckedRun): LimitsInForce {
  const { scaleUpLimitSeconds, launchWindowSeconds } = run.timing;
  // Who began before the change decides by what it knew, and whoever finds its launch undone calls for it once more.
  const slackSeconds = scaleUpLimitSeconds + launchWindowSeconds + lateCallSeconds;
  const limitsNow = (until: Instant): Limits => ({
    fleets: new Map(run.fleets().map(({ name, runnersMaximumCount }) => [name, runnersMaximumCount])),
    deployment: run.deploymentLimit(),
    until,
  });
  let current = limitsNow(Number.POSITIVE_INFINITY);
  let former: Limits[] = [];
  const inForce = (at: Instant): readonly Limits[] => {
    former = former.filter(({ until }) => at < after(until, slackSeconds));
    return [current, ...former];
  };

  return {
    configured(at) {
      former.push({ ...current, until: at });
      current = limitsNow(Number.POSITIVE_INFINITY);
    },
    ofFleet: (name, at) => mostOf(inForce(at).map(({ fleets }) => fleets.get(name) ?? 0)),
    ofDeployment: (at) => mostOf(inForce(at).map(({ deployment }) => deployment)),
  };
}

/** A call may be that long on its way. */
const lateCallSeconds = 120;

/** -1 is no limit. */
const mostOf = (limits: readonly number[]): number => (limits.some((limit) => limit < 0) ? -1 : Math.max(...limits));
