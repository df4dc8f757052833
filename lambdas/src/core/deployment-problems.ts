import { isObject } from './config-schema-fields.ts';
import { problemAt } from './config-schema-reading.ts';
import { forgeProblems } from './forge-problems.ts';
import { isOurMajor, version } from './version.ts';

/** What reads a configuration: all of it, or what a webhook needs to match jobs with fleets, without Apps and machines. */
export type ConfigUse = 'all' | 'matching';

/** Whether machines are EC2's, as far as it can be read. */
export const isOnEc2 = (input: unknown): boolean =>
  isObject(input) && isObject(input.compute) && input.compute.kind === 'ec2';

/** What no field of the deployment can know by itself. */
export function deploymentProblems(input: unknown, use: ConfigUse): readonly string[] {
  if (!isObject(input)) return [];
  const isOnAws = isOnEc2(input);
  return [
    ...versionProblems(input.version),
    ...forgeProblems(input.forge, isOnAws, use === 'all'),
    ...computeProblems(input.compute, isOnAws),
    ...awsProblems(input, isOnAws),
  ];
}

function versionProblems(written: unknown): readonly string[] {
  if (typeof written !== 'string' || isOurMajor(written)) return [];
  const sentence = `is ${written}, and these functions are ${version}: deploy the module and the functions of one release`;
  return [problemAt(['version'], sentence)];
}

function computeProblems(compute: unknown, isOnAws: boolean): readonly string[] {
  if (!isObject(compute)) return [];
  const has = compute.command !== undefined;
  if (isOnAws && has)
    return [problemAt(['compute', 'command'], 'is for processes: on EC2 the image starts the runner')];
  const sentence = 'is missing: it must be a list of texts: a command and its arguments';
  return compute.kind === 'process' && !has ? [problemAt(['compute', 'command'], sentence)] : [];
}

function awsProblems({ aws, timeScale }: Readonly<Record<string, unknown>>, isOnAws: boolean): readonly string[] {
  if (isOnAws) {
    const sentence = 'is missing: it must be an object that names ledgerTable, hostsTable and queueUrl';
    return aws === undefined ? [problemAt(['aws'], sentence)] : [];
  }
  return [
    ...(aws === undefined ? [] : [problemAt(['aws'], 'is for compute.kind "ec2"; leave it out')]),
    ...(timeScale === undefined
      ? []
      : [problemAt(['timeScale'], 'is for compute.kind "ec2"; on one machine it is the option --time-scale')]),
  ];
}

/** A fleet's fields that depend on where its machines come from. */
export function machineProblems(name: string, fleet: unknown, isOnAws: boolean, use: ConfigUse): readonly string[] {
  if (!isObject(fleet)) return [];
  const at = (field: string, sentence: string): string => problemAt(['fleets', name, field], sentence);
  if (!isOnAws) return fleet.ec2 === undefined ? [] : [at('ec2', 'is for compute.kind "ec2"; leave it out')];
  const missing = use === 'all';
  return [
    ...(missing && fleet.ec2 === undefined
      ? [at('ec2', 'is missing: it must name launchTemplateId, launchTemplateVersion, subnets and roleId')]
      : []),
    ...(missing && fleet.instanceTypes === undefined
      ? [at('instanceTypes', 'is missing: it must be a list of instance types, such as ["m7i.large"]')]
      : []),
    ...(fleet.zones === undefined ? [] : [at('zones', 'follow from ec2.subnets: leave them out')]),
  ];
}
