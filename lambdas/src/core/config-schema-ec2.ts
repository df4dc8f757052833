import * as v from 'valibot';
import { isObject, list, oneOf, section, text } from './config-schema-fields.ts';

export const subnetEntries = {
  id: text(/^subnet-[0-9a-z]+$/, 'the id of a subnet, such as subnet-0abc'),
  zone: text(/^\S{1,128}$/, 'its availability zone, such as eu-central-1a'),
};

const tags = v.custom<Readonly<Record<string, string>>>(
  (value) => isObject(value) && Object.values(value).every((tag) => typeof tag === 'string'),
  'must be an object of texts, by the names of tags',
);

export const ec2Entries = {
  launchTemplateId: text(/^lt-[0-9a-z]+$/, 'the id of a launch template, such as lt-0abc'),
  // Not $Latest or $Default: a stored request must mean the same tomorrow.
  launchTemplateVersion: text(/^[1-9]\d*$/, 'a number as text, such as "3"'),
  subnets: list(section(subnetEntries), 1, 100, 'one or more subnets, each with id and zone'),
  allocationStrategy: v.optional(
    oneOf('price-capacity-optimized', 'capacity-optimized', 'lowest-price', 'diversified', 'prioritized'),
    'price-capacity-optimized',
  ),
  maxSpotPrice: v.exactOptional(text(/^\d+(\.\d+)?$/, 'dollars an hour as text, such as "0.05"')),
  roleId: text(/^[A-Z0-9]{16,128}$/, "the unique id of the machines' role, such as AROAEXAMPLE123456789"),
  tags: v.exactOptional(tags),
};
