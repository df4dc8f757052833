import * as v from 'valibot';
import { awsEntries } from './config-schema-aws.ts';
import { ec2Entries, subnetEntries } from './config-schema-ec2.ts';
import { isObject, limit, list, oneOf, section, text } from './config-schema-fields.ts';
import { fleetEntries, idleWindowEntries, ownerName, poolTickEntries } from './config-schema-fleet.ts';
import { appEntries, forge, forgeEntries } from './config-schema-forge.ts';

const computeEntries = {
  kind: oneOf('process', 'ec2'),
  command: v.optional(list(text(/\S/, 'a text that is not blank'), 1, 1000, 'texts: a command and its arguments')),
};

const deploymentEntries = {
  version: v.optional(text(/^\d+\.\d+\.\d+\S{0,64}$/, "the module's version, such as 1.2.3")),
  prefix: v.optional(text(/^[a-z][a-z0-9-]{0,31}$/, '1 to 32 of a-z, 0-9 and -, the first a letter'), 'ci'),
  forge,
  compute: section(computeEntries),
  aws: v.optional(section(awsEntries)),
  timeScale: v.optional(
    v.custom<number>(
      (value) => typeof value === 'number' && value >= 1 && value <= 1000,
      'must be a number from 1 to 1000 (1: times as documented)',
    ),
    1,
  ),
  runnersMaximumCount: v.optional(limit(''), -1),
  repositoryAllowList: v.optional(list(ownerName, 0, 10_000, 'owners and repositories'), []),
  /** Each is read by itself, so that its name stands in its problems and no name is lost. */
  fleets: v.custom<Readonly<Record<string, unknown>>>(
    (value) => isObject(value) && Object.keys(value).length > 0,
    'must be an object with at least one fleet, by name',
  ),
};

export const deploymentSchema = section(deploymentEntries);

export type DeploymentInput = v.InferOutput<typeof deploymentSchema>;

const under = (path: string, entries: object): readonly string[] => Object.keys(entries).map((key) => `${path}.${key}`);

/** Every field that may be written, for the documentation's test. */
export const configFields: readonly string[] = [
  ...Object.keys(deploymentEntries),
  ...under('forge', forgeEntries),
  ...under('forge.app', appEntries),
  ...under('compute', computeEntries),
  ...under('aws', awsEntries),
  ...under('fleets.*', fleetEntries),
  ...under('fleets.*.ec2', ec2Entries),
  ...under('fleets.*.ec2.subnets[]', subnetEntries),
  ...under('fleets.*.idleConfig[]', idleWindowEntries),
  ...under('fleets.*.poolConfig[]', poolTickEntries),
];
