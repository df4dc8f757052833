import { dynamodbClient } from '../../../src/adapters/dynamodb/dynamodb-client.ts';
import { hostKey } from '../../../src/adapters/hosts/dynamodb-host-row.ts';
import { dynamodbOwnHost } from '../../../src/adapters/hosts/dynamodb-own-host.ts';
import type { InstanceRecord } from '../../../src/adapters/process/instance-folder.ts';
import type { OwnHost } from '../../../src/ports/hosts.ts';
import type { Ec2Control, SeenMachine } from '../../engine/ec2-proxy/ec2-control.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Deployment } from '../deployment/deploy.ts';
import type { Cloud } from './machine-player.ts';

/** EC2's double from below, where it cannot lie. */
export const proxyCloud = (ec2: Ec2Control): Cloud => ({
  running: async () =>
    ec2
      .machines()
      .filter(({ state }) => state === 'running')
      .map(recordOf),
  shutDown: async (id) =>
    ec2.end({ id, code: 'Client.InstanceInitiatedShutdown', message: 'Instance initiated shutdown' }),
});

const recordOf = ({ id, type, zone, isSpot, launchedAt, tags }: SeenMachine): InstanceRecord => ({
  id,
  type,
  zone,
  market: isSpot ? 'spot' : 'on-demand',
  launchedAt,
  lane: tags['ghr:lane'] ?? '',
  fleet: tags['ghr:fleet'] ?? '',
  launchId: tags['ghr:launch'] ?? '',
});

/** Each instance's side of the hosts' table, as its agent has it. */
export function ownHostsOf(engine: Engine, { hostsTable, roleId }: Deployment): (instanceId: string) => OwnHost {
  const { url: endpoint, region, credentials } = engine;
  const client = dynamodbClient({ endpoint, region, credentials });
  return (instanceId) => dynamodbOwnHost({ client, tableName: hostsTable, key: hostKey(roleId, instanceId) });
}
