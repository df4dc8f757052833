import type { ComputeConfig, Config, FleetConfig } from './config.ts';
import { type DeploymentInput, deploymentSchema } from './config-schema.ts';
import { type FleetInput, fleetSchema } from './config-schema-fleet.ts';
import { problemAt, type Reading, readSection, reservedNames, sectionOf } from './config-schema-reading.ts';
import { type ConfigUse, deploymentProblems, isOnEc2, machineProblems } from './deployment-problems.ts';
import { ConfigError } from './errors.ts';
import { fleetMeaning, fleetProblems, poolScopeOf } from './fleet-problems.ts';
import { forgeOf } from './forge-problems.ts';
import { valueHash } from './text-hash.ts';

interface FleetReading extends Reading<FleetInput> {
  readonly name: string;
}

/** What users write, complete and checked. Throws one `ConfigError` that names every bad field. */
export function parseConfig(input: unknown, use: ConfigUse = 'all'): Config {
  const deployment = readSection(deploymentSchema, input, []);
  const deploymentLimit = deployment.isBad('runnersMaximumCount') ? -1 : deployment.value.runnersMaximumCount;
  const fleets = Object.entries(sectionOf(input, 'fleets')).map(([name, fleet]) =>
    readFleet(name, fleet, { deploymentLimit, isOnAws: isOnEc2(input), use }),
  );
  const problems = [
    ...deployment.problems,
    ...deploymentProblems(input, use),
    ...fleets.flatMap((fleet) => fleet.problems),
    ...twinProblems(fleets),
    ...reservedNames(input, []),
  ];
  // A field may fail several checks that say the same.
  if (problems.length > 0) throw new ConfigError([...new Set(problems)]);
  return configOf(deployment.value, fleets);
}

const fleetName = /^[a-z0-9][a-z0-9-]{0,31}$/;

interface Around {
  readonly deploymentLimit: number;
  readonly isOnAws: boolean;
  readonly use: ConfigUse;
}

function readFleet(name: string, input: unknown, { deploymentLimit, isOnAws, use }: Around): FleetReading {
  const path = ['fleets', name];
  const fleet = readSection(fleetSchema, input, path);
  const misnamed = fleetName.test(name) ? [] : ['must be named by 1 to 32 of a-z, 0-9 and -, not beginning with -'];
  // For matching, a fleet comes without what only its machines need.
  const across = use === 'matching' ? [] : fleetProblems(fleet.value, fleet.isBad, deploymentLimit);
  const problems = [
    ...misnamed.map((sentence) => problemAt(path, sentence)),
    ...fleet.problems,
    ...machineProblems(name, input, isOnAws, use),
    ...across.map(({ field, sentence }) => problemAt([...path, ...field], sentence)),
  ];
  return { ...fleet, name, problems };
}

/** Two fleets that serve the same jobs: the later one would never get any. */
function twinProblems(fleets: readonly FleetReading[]): readonly string[] {
  const seen = new Map<string, string>();
  return fleets.flatMap(({ name, value, isBad }) => {
    if (isBad('labels') || isBad('scope') || isBad('owners')) return [];
    const meaning = fleetMeaning(value);
    const twin = seen.get(meaning);
    seen.set(meaning, twin ?? name);
    const sentence = `has the labels, scope and owners of fleet ${twin}, so that one of them never gets a job`;
    return twin === undefined ? [] : [problemAt(['fleets', name, 'labels'], sentence)];
  });
}

function configOf(deployment: DeploymentInput, fleets: readonly FleetReading[]): Config {
  const { prefix, timeScale, repositoryAllowList, runnersMaximumCount } = deployment;
  const forge = forgeOf(deployment.forge, isOnEc2(deployment));
  const compute = computeOf(deployment.compute);
  // Beside the fleet's own fields, these decide whether its machines boot and register.
  const around = { url: forge.url, apps: forge.apps.map(({ id }) => id), compute };
  return {
    prefix,
    forge,
    compute,
    ...(deployment.aws === undefined ? {} : { aws: deployment.aws }),
    timeScale,
    repositoryAllowList,
    runnersMaximumCount,
    fleets: fleets.map(({ name, value }) => fleetOf(name, value, around)).sort(byPriorityThenName),
  };
}

const computeOf = ({ kind, command = [] }: DeploymentInput['compute']): ComputeConfig =>
  kind === 'ec2' ? { kind } : { kind, command };

function fleetOf(name: string, input: FleetInput, around: object): FleetConfig {
  const { poolRunnerOwner: _, enableJobQueuedCheck, zones, ec2, ...fields } = input;
  const poolScope = poolScopeOf(input);
  const fleet = {
    ...fields,
    name,
    // A runner of one job that came for a job taken meanwhile ends unused; one that stays serves the next.
    enableJobQueuedCheck: enableJobQueuedCheck ?? !input.ephemeral,
    zones: ec2 === undefined ? (zones ?? ['local']) : [...new Set(ec2.subnets.map(({ zone }) => zone))],
    ...(poolScope ? { poolScope } : {}),
    ...(ec2 === undefined ? {} : { ec2 }),
  };
  return { ...fleet, hash: valueHash({ around, fleet }) };
}

const byPriorityThenName = (one: FleetConfig, other: FleetConfig): number =>
  one.priority - other.priority || (one.name < other.name ? -1 : 1);
