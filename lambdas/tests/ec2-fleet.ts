import type { Ec2Fleet } from '../src/core/config.ts';
import type { LaunchRequest } from '../src/core/instance.ts';

const plain: Ec2Fleet = {
  launchTemplateId: 'lt-1',
  launchTemplateVersion: '3',
  subnets: [
    { id: 'subnet-a', zone: 'eu-west-1a' },
    { id: 'subnet-b', zone: 'eu-west-1b' },
  ],
  allocationStrategy: 'price-capacity-optimized',
  roleId: 'AROAEXAMPLE',
};

/** A fleet's settings for EC2, and what the test says otherwise. */
export const ec2Fleet = (different: Partial<Ec2Fleet> = {}): Ec2Fleet => ({ ...plain, ...different });

/** A launch step for that fleet, and what the test says otherwise. */
export const ec2Request = (different: Partial<LaunchRequest> = {}): LaunchRequest => ({
  token: 'token-1',
  launchId: 'launch-1',
  lane: 'small/org:acme',
  fleet: 'small',
  count: 2,
  market: 'spot',
  placements: [
    { type: 'm7i.large', zone: 'eu-west-1a' },
    { type: 'm7i.large', zone: 'eu-west-1b' },
    { type: 'm6i.large', zone: 'eu-west-1a' },
  ],
  ...different,
});
