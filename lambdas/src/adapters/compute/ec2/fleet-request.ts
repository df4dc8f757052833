import type {
  CreateFleetCommandInput,
  FleetLaunchTemplateOverridesRequest,
  FleetOnDemandAllocationStrategy,
  SpotAllocationStrategy,
  Tag,
  TagSpecification,
} from '@aws-sdk/client-ec2';
import type { AllocationStrategy, Ec2Fleet } from '../../../core/config.ts';
import { ConfigError } from '../../../core/errors.ts';
import { textHash } from '../../../core/text-hash.ts';
import type { LaunchRequest, Placement } from '../../../ports/compute.ts';
import { ourTags, tagKeys } from './instance-tags.ts';

/** Ours: a call that fails takes few with it, and 1,000 machines are still ten calls. */
export const machinesLimit = 100;

const spotStrategies: Readonly<Record<AllocationStrategy, SpotAllocationStrategy>> = {
  'price-capacity-optimized': 'price-capacity-optimized',
  'capacity-optimized': 'capacity-optimized',
  'lowest-price': 'lowest-price',
  diversified: 'diversified',
  prioritized: 'capacity-optimized-prioritized',
};

/** On-demand machines know two strategies only. */
const onDemandStrategyOf = (strategy: AllocationStrategy): FleetOnDemandAllocationStrategy =>
  strategy === 'prioritized' ? 'prioritized' : 'lowest-price';

/**
 * The one call of a launch step. It follows from its arguments alone, so that a replay is the same request byte for
 * byte: with anything else in it, EC2 would refuse the token.
 */
export function fleetRequest(prefix: string, fleet: Ec2Fleet, request: LaunchRequest): CreateFleetCommandInput {
  checkCount(request);
  const { launchTemplateId, launchTemplateVersion, allocationStrategy } = fleet;
  const isSpot = request.market === 'spot';
  return {
    Type: 'instant',
    ClientToken: request.token,
    LaunchTemplateConfigs: [
      {
        LaunchTemplateSpecification: { LaunchTemplateId: launchTemplateId, Version: launchTemplateVersion },
        Overrides: overridesOf(fleet, request),
      },
    ],
    TargetCapacitySpecification: { TotalTargetCapacity: request.count, DefaultTargetCapacityType: request.market },
    ...(isSpot
      ? { SpotOptions: { AllocationStrategy: spotStrategies[allocationStrategy] } }
      : { OnDemandOptions: { AllocationStrategy: onDemandStrategyOf(allocationStrategy) } }),
    TagSpecifications: tagSpecifications(prefix, fleet, request),
  };
}

function checkCount({ count, placements }: LaunchRequest): void {
  if (!Number.isInteger(count) || count < 1 || count > machinesLimit) {
    throw new RangeError(`A launch asks for 1 to ${machinesLimit} machines, not ${count}.`);
  }
  if (placements.length === 0) throw new RangeError('A launch names at least one placement.');
}

/** One a (type, zone): EC2 refuses a fleet that names a pool twice, also by two subnets of one zone. */
function overridesOf(fleet: Ec2Fleet, request: LaunchRequest): FleetLaunchTemplateOverridesRequest[] {
  const places = new Map(request.placements.map((placement) => [placeKey(placement), placement]));
  const overrides = [...places.values()].flatMap(({ type, zone }) => {
    const subnet = subnetOf(fleet, zone, request.token);
    return subnet === undefined
      ? []
      : [{ InstanceType: type, SubnetId: subnet } as FleetLaunchTemplateOverridesRequest];
  });
  if (overrides.length === 0) {
    const zones = [...new Set(request.placements.map(({ zone }) => zone))].join(', ');
    throw new ConfigError([`fleet ${request.fleet} has no subnet in ${zones}: add one, or launch elsewhere`]);
  }
  return overrides.map((override, index) => ({
    ...override,
    ...(request.market === 'spot' && fleet.maxSpotPrice !== undefined && { MaxPrice: fleet.maxSpotPrice }),
    ...(fleet.allocationStrategy === 'prioritized' && { Priority: index }),
  }));
}

/** The subnets of a zone take turns, a token each; which one is chosen follows from the token. */
function subnetOf(fleet: Ec2Fleet, zone: string, token: string): string | undefined {
  const subnets = fleet.subnets.filter((subnet) => subnet.zone === zone);
  return subnets[Number.parseInt(textHash(token).slice(0, 8), 16) % subnets.length]?.id;
}

const placeKey = ({ type, zone }: Placement): string => `${type}/${zone}`;

/** Volumes and network interfaces get theirs from the launch template. */
function tagSpecifications(prefix: string, fleet: Ec2Fleet, request: LaunchRequest): TagSpecification[] {
  const { lane, fleet: name, launchId } = request;
  const tags = tagsOf({
    ...fleet.tags,
    ...ourTags(prefix),
    [tagKeys.lane]: lane,
    [tagKeys.fleet]: name,
    [tagKeys.launch]: launchId,
  });
  const resources = ['fleet', 'instance', ...(request.market === 'spot' ? ['spot-instances-request'] : [])];
  return resources.map((resource) => ({ ResourceType: resource, Tags: tags }) as TagSpecification);
}

const tagsOf = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
