import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { dynamodbClient } from '../../../src/adapters/dynamodb/dynamodb-client.ts';
import { dynamodbHosts } from '../../../src/adapters/hosts/dynamodb-hosts.ts';
import { dynamodbTable } from '../../../src/adapters/ledger/dynamodb-table.ts';
import { keys } from '../../../src/adapters/ledger/keys.ts';
import { toAttributes } from '../../../src/adapters/ledger/rows.ts';
import type { Write } from '../../../src/adapters/ledger/table.ts';
import { unseenHostPolicy } from '../../../src/core/host-policy.ts';
import { inChunks } from '../../../src/core/in-chunks.ts';
import type { Lane } from '../../../src/core/lane.ts';
import { laneKey } from '../../../src/core/lane.ts';
import type { RunnerRow } from '../../../src/core/runner.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Deployment } from '../deployment/deploy.ts';
import type { TrialTown } from './trial-town.ts';

export interface Planted {
  readonly lane: Lane;
  readonly count: number;
  /** How long ago they were launched. */
  readonly ageSeconds: number;
}

const launchId = 'launch-of-planted-machines';
const rowsAtOnce = 100;

/** Machines of a lane that nobody wrote down. */
export function plantMachines({ ec2, deployment }: TrialTown, lane: Lane, count: number): readonly string[] {
  const tags = {
    'ghr:Application': 'github-action-runner',
    'ghr:environment': deployment.prefix,
    'ghr:fleet': lane.fleet,
    'ghr:lane': laneKey(lane),
    'ghr:launch': launchId,
  };
  return ec2.plant({ type: 'm7i.large', zone: 'eu-west-1a', subnet: 'subnet-0planted', isSpot: true, tags, count });
}

/** The same as a launch leaves them: known to EC2, the ledger and the hosts' table, without a grant. */
export async function plantFleet(town: TrialTown, planted: Planted): Promise<readonly string[]> {
  const ids = plantMachines(town, planted.lane, planted.count);
  await recordMachines(town, planted, ids);
  return ids;
}

/** As if they had been launched, whether or not EC2 knows them. */
export async function recordMachines(
  { engine, deployment }: TrialTown,
  { lane, ageSeconds }: Omit<Planted, 'count'>,
  ids: readonly string[],
): Promise<void> {
  const { table, hosts } = stores(engine, deployment);
  const launchedAt = Date.now() - ageSeconds * 1000;
  const rows = ids.map((instanceId) => runnerRow(lane, instanceId, launchedAt));
  await table.transact([{ kind: 'put', key: keys.lanes(lane), attributes: {} }]);
  for (const chunk of inChunks(rows, rowsAtOnce)) await table.transact(chunk);
  for (const chunk of inChunks(ids, rowsAtOnce)) {
    await hosts.open(
      lane,
      chunk.map((instanceId) => ({ instanceId, policy: unseenHostPolicy })),
    );
  }
}

function stores({ url: endpoint, region, credentials }: Engine, deployment: Deployment) {
  const client = dynamodbClient({ endpoint, region, credentials });
  const clock = systemClock();
  return {
    table: dynamodbTable({ client, tableName: deployment.ledgerTable, clock }),
    hosts: dynamodbHosts({ client, tableName: deployment.hostsTable, clock, roleIdOf: () => deployment.roleId }),
  };
}

function runnerRow(lane: Lane, instanceId: string, launchedAt: number): Write {
  const row: RunnerRow = {
    ...{ instanceId, launchId, launchedAt },
    ...{ phase: 'up', reason: 'launched', phaseAt: launchedAt, looks: {} },
  };
  return { kind: 'put', key: keys.runner(lane, instanceId), attributes: toAttributes(row) };
}
