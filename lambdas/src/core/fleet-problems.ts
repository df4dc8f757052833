import type { FleetInput } from './config-schema-fleet.ts';
import type { Scope } from './lane.ts';
import { meets } from './owner.ts';

/** What no field can know by itself. Each check runs where the fields that it needs are right. */
interface Check {
  readonly needs: readonly (keyof FleetInput)[];
  problems(fleet: FleetInput, deploymentLimit: number): readonly FleetProblem[];
}

export interface FleetProblem {
  /** Its path within the fleet. */
  readonly field: readonly (string | number)[];
  readonly sentence: string;
}

const checks: readonly Check[] = [
  {
    needs: ['idleConfig', 'runnersMaximumCount'],
    problems: (fleet, deploymentLimit) =>
      tooLarge(
        'idleConfig',
        'idleCount',
        fleet.idleConfig.map(({ idleCount }) => idleCount),
        fleet,
        deploymentLimit,
      ),
  },
  {
    needs: ['poolConfig', 'runnersMaximumCount'],
    problems: (fleet, deploymentLimit) =>
      tooLarge(
        'poolConfig',
        'size',
        fleet.poolConfig.map(({ size }) => size),
        fleet,
        deploymentLimit,
      ),
  },
  { needs: ['poolConfig', 'owners', 'scope', 'poolRunnerOwner'], problems: poolOwnerProblems },
];

/** `isBad`: whether a field has a problem already. */
export function fleetProblems(
  fleet: FleetInput,
  isBad: (field: string) => boolean,
  deploymentLimit: number,
): readonly FleetProblem[] {
  return checks.filter(({ needs }) => !needs.some(isBad)).flatMap((check) => check.problems(fleet, deploymentLimit));
}

function tooLarge(
  list: string,
  field: string,
  counts: readonly number[],
  fleet: FleetInput,
  deploymentLimit: number,
): readonly FleetProblem[] {
  const ofFleet = { limit: fleet.runnersMaximumCount, whose: "the fleet's" };
  const limits = [ofFleet, { limit: deploymentLimit, whose: "the deployment's" }];
  return counts.flatMap((count, place) => {
    const exceeded = limits.find(({ limit }) => limit !== -1 && count > limit);
    const sentence = `is ${count}, more than ${exceeded?.whose} runnersMaximumCount of ${exceeded?.limit}: lower it, or raise the limit`;
    return exceeded ? [{ field: [list, place, field], sentence }] : [];
  });
}

function poolOwnerProblems(fleet: FleetInput): readonly FleetProblem[] {
  const sentence = fleet.poolConfig.length > 0 ? poolOwnerSentence(fleet, poolOwner(fleet)) : undefined;
  return sentence ? [{ field: ['poolRunnerOwner'], sentence }] : [];
}

function poolOwnerSentence({ scope, owners }: FleetInput, owner: string | undefined): string | undefined {
  const shape = scope === 'repo' ? 'a repository such as acme/app' : 'one name without slash';
  if (!owner) return `is missing: a pool is one owner's, and owners does not name exactly one; write ${shape}`;
  if (owner.includes('/') !== (scope === 'repo')) {
    return `is ${owner}, and must be ${shape}, as the fleet's scope is ${scope}`;
  }
  if (owners.length > 0 && !owners.some((name) => meets(name, owner))) {
    return `is ${owner}, whom the fleet does not serve: it must be one of owners`;
  }
  return undefined;
}

/** Named, or the only one that the fleet serves. */
function poolOwner({ poolRunnerOwner, owners, scope }: FleetInput): string | undefined {
  if (poolRunnerOwner !== undefined) return poolRunnerOwner;
  const [only] = owners.length === 1 ? owners : [];
  return scope === 'org' ? only?.split('/')[0] : only;
}

/** The lane's scope that the pool is held ready in; undefined without a pool. */
export function poolScopeOf(fleet: FleetInput): Scope | undefined {
  const owner = fleet.poolConfig.length > 0 ? poolOwner(fleet) : undefined;
  return owner ? `${fleet.scope}:${owner.toLowerCase()}` : undefined;
}

/** The same for two fleets of which one could never get a job. */
export function fleetMeaning({ labels, scope, owners }: FleetInput): string {
  const plain = (names: readonly string[]): readonly string[] => names.map((name) => name.toLowerCase()).sort();
  return JSON.stringify([plain(labels), scope, plain(owners)]);
}
