import {
  CreateLaunchTemplateCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { ec2Client } from '../../src/adapters/compute/ec2/ec2-client.ts';
import { ec2Compute } from '../../src/adapters/compute/ec2/ec2-compute.ts';
import { memoryLog } from '../../src/adapters/log/memory-log.ts';
import type { Ec2Fleet } from '../../src/core/config.ts';
import type { LaunchRequest } from '../../src/core/instance.ts';
import { type Ec2ProxyOptions, startEc2Proxy } from '../engine/ec2-proxy/ec2-proxy.ts';
import { engine } from '../engine/engine.ts';

const types = ['m7i.large', 'm6i.large'];

export type Ec2Testbed = Awaited<ReturnType<typeof ec2Testbed>>;

/** EC2 for one test: a proxy of its own before the engine's moto, a launch template, and the adapter on them. */
export async function ec2Testbed(options: Partial<Ec2ProxyOptions> = {}) {
  const { motoUrl, region, credentials } = engine();
  const proxy = await startEc2Proxy({ motoUrl, region, ...options });
  const client = ec2Client({ region, credentials, endpoint: proxy.url });
  const launchTemplateId = await makeTemplate(client);
  const subnets = await subnetsOf(client);
  proxy.control.resetCounts();

  const settings: Ec2Fleet = {
    launchTemplateId,
    launchTemplateVersion: '1',
    subnets,
    allocationStrategy: 'price-capacity-optimized',
    roleId: 'AROAEXAMPLE',
  };
  const zones = [...new Set(subnets.map(({ zone }) => zone))];
  const placements = types.flatMap((type) => zones.map((zone) => ({ type, zone })));
  const compute = (fleet: Partial<Ec2Fleet> = {}) =>
    ec2Compute({
      client,
      prefix: 'ci',
      fleetOf: () => ({ ...settings, ...fleet }),
      clock: systemClock(),
      log: memoryLog(),
    });
  const request = (changes: Partial<LaunchRequest> = {}): LaunchRequest => ({
    token: 'token-1',
    launchId: 'launch-1',
    lane: 'small/org:acme',
    fleet: 'small',
    count: 2,
    market: 'spot',
    placements,
    ...changes,
  });
  /** A further one in that zone, in a VPC of its own. */
  const addSubnet = async (zone: string): Promise<Ec2Fleet['subnets'][number]> => {
    const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const place = { VpcId: Vpc?.VpcId, CidrBlock: '10.0.0.0/20', AvailabilityZone: zone };
    const { Subnet } = await client.send(new CreateSubnetCommand(place));
    return { id: Subnet?.SubnetId ?? '', zone };
  };
  return { proxy, control: proxy.control, addSubnet, client, settings, zones, placements, compute, request };
}

async function makeTemplate(client: EC2Client): Promise<string> {
  const LaunchTemplateData = { ImageId: 'ami-12c6146b', InstanceType: 'm7i.large' } as const;
  const LaunchTemplateName = `runner-${process.pid}-${performance.now()}`;
  const { LaunchTemplate } = await client.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData }),
  );
  return LaunchTemplate?.LaunchTemplateId ?? '';
}

/** Those of the default VPC: one a zone. */
async function subnetsOf(client: EC2Client): Promise<Ec2Fleet['subnets']> {
  const Filters = [{ Name: 'default-for-az', Values: ['true'] }];
  const { Subnets = [] } = await client.send(new DescribeSubnetsCommand({ Filters }));
  return Subnets.map(({ SubnetId = '', AvailabilityZone = '' }) => ({ id: SubnetId, zone: AvailabilityZone }));
}

/** What moto itself says of these machines, past the proxy. */
export async function statesInMoto(ids: readonly string[]): Promise<readonly (string | undefined)[]> {
  const { motoUrl, region, credentials } = engine();
  const { Reservations = [] } = await ec2Client({ region, credentials, endpoint: motoUrl }).send(
    new DescribeInstancesCommand({ InstanceIds: [...ids] }),
  );
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name));
}
