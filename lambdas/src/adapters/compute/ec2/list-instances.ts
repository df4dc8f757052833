import {
  type EC2Client,
  type Filter,
  paginateDescribeInstanceStatus,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import { inChunks } from '../../../core/in-chunks.ts';
import type { Instance, InstanceFilter } from '../../../ports/compute.ts';
import { callError } from './call-error.ts';
import { application, tagKeys } from './instance-tags.ts';
import { instanceView } from './instance-view.ts';

/** EC2's largest page. */
const pageSize = 1000;
/** EC2's limit on the values of one filter. */
const filterValuesLimit = 200;

/**
 * Page by page, so that thousands are never held at once. Machines are asked for by filter and not by id: an unknown id
 * then is no error, and nobody else's machine is listed.
 */
export async function* listInstances(
  client: EC2Client,
  prefix: string,
  { launchId, ids, isAlive }: InstanceFilter,
): AsyncIterable<Instance> {
  try {
    const impaired = launchId === undefined && ids === undefined ? await impairedIds(client) : new Set<string>();
    for (const some of ids === undefined ? [undefined] : inChunks([...new Set(ids)], filterValuesLimit)) {
      const pages = paginateDescribeInstances(
        { client, pageSize },
        { Filters: filters(prefix, launchId, some, isAlive) },
      );
      for await (const { Reservations = [] } of pages) {
        for (const { Instances = [] } of Reservations) for (const raw of Instances) yield instanceView(raw, impaired);
      }
    }
  } catch (error) {
    throw callError('DescribeInstances', error);
  }
}

/** All but `terminated`. */
const aliveStates = ['pending', 'running', 'shutting-down', 'stopping', 'stopped'];

function filters(
  prefix: string,
  launchId: string | undefined,
  ids: readonly string[] | undefined,
  isAlive: boolean | undefined,
): Filter[] {
  return [
    { Name: `tag:${tagKeys.environment}`, Values: [prefix] },
    { Name: `tag:${tagKeys.application}`, Values: [application] },
    // What another module launched under the same prefix has no lane.
    launchId === undefined
      ? { Name: 'tag-key', Values: [tagKeys.launch] }
      : { Name: `tag:${tagKeys.launch}`, Values: [launchId] },
    ...(ids === undefined ? [] : [{ Name: 'instance-id', Values: [...ids] }]),
    ...(isAlive ? [{ Name: 'instance-state-name', Values: aliveStates }] : []),
  ];
}

/**
 * A system check that fails makes the instance's own fail with it, so one filter finds both.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html
 */
async function impairedIds(client: EC2Client): Promise<ReadonlySet<string>> {
  const impaired = new Set<string>();
  const Filters = [{ Name: 'instance-status.status', Values: ['impaired'] }];
  for await (const page of paginateDescribeInstanceStatus({ client, pageSize }, { Filters })) {
    for (const { InstanceId } of page.InstanceStatuses ?? []) if (InstanceId) impaired.add(InstanceId);
  }
  return impaired;
}
