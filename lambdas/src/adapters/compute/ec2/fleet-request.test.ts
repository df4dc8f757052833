import { describe, expect, test } from '@jest/globals';
import { ec2Fleet, ec2Request } from '../../../../tests/ec2-fleet.ts';
import type { Ec2Fleet } from '../../../core/config.ts';
import type { LaunchRequest } from '../../../core/instance.ts';
import { fleetRequest } from './fleet-request.ts';

const sent = (fleet: Partial<Ec2Fleet> = {}, request: Partial<LaunchRequest> = {}) =>
  fleetRequest('ci', ec2Fleet(fleet), ec2Request(request));

const overridesOf = (input: ReturnType<typeof sent>) => input.LaunchTemplateConfigs?.[0]?.Overrides ?? [];

const tagsOf = (input: ReturnType<typeof sent>, resource: string) =>
  input.TagSpecifications?.filter(({ ResourceType }) => ResourceType === resource).map(({ Tags = [] }) =>
    Object.fromEntries(Tags.map(({ Key = '', Value }) => [Key, Value])),
  )[0];

test('a Spot step is one instant fleet of a numbered template version, under the token', () => {
  expect(sent()).toMatchObject({
    Type: 'instant',
    ClientToken: 'token-1',
    LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1', Version: '3' } }],
    TargetCapacitySpecification: { TotalTargetCapacity: 2, DefaultTargetCapacityType: 'spot' },
    SpotOptions: { AllocationStrategy: 'price-capacity-optimized' },
  });
  expect(sent()).not.toHaveProperty('OnDemandOptions');
});

test('a partial fleet is welcome, and no price limits the fleet as a whole', () => {
  const text = JSON.stringify(sent({ maxSpotPrice: '0.12' }));
  expect(text).not.toContain('MinTargetCapacity');
  expect(text).not.toContain('MaxTotalPrice');
});

describe('the overrides', () => {
  test('are one for each type and zone, in the order of preference', () => {
    expect(overridesOf(sent())).toEqual([
      { InstanceType: 'm7i.large', SubnetId: 'subnet-a' },
      { InstanceType: 'm7i.large', SubnetId: 'subnet-b' },
      { InstanceType: 'm6i.large', SubnetId: 'subnet-a' },
    ]);
  });

  test('name no pool twice', () => {
    const place = { type: 'm7i.large', zone: 'eu-west-1a' };
    expect(overridesOf(sent({}, { placements: [place, { ...place }] }))).toHaveLength(1);
  });

  test('take one subnet of a zone with several, a token its own, and a replay the same', () => {
    const subnets = ['subnet-1', 'subnet-2', 'subnet-3'].map((id) => ({ id, zone: 'eu-west-1a' }));
    const chosen = Array.from({ length: 60 }, (_, call) => {
      const overrides = overridesOf(sent({ subnets }, { token: `token-${call}` }));
      expect(overrides).toHaveLength(2);
      expect(overridesOf(sent({ subnets }, { token: `token-${call}` }))).toEqual(overrides);
      return overrides[0]?.SubnetId;
    });
    for (const { id } of subnets) expect(chosen.filter((one) => one === id).length).toBeGreaterThan(10);
  });

  test('leave out a zone without a subnet; without any, the error says what to add', () => {
    const elsewhere = { type: 'm7i.large', zone: 'eu-west-1c' };
    const placements = [elsewhere, { type: 'm7i.large', zone: 'eu-west-1b' }];
    expect(overridesOf(sent({}, { placements }))).toEqual([{ InstanceType: 'm7i.large', SubnetId: 'subnet-b' }]);
    expect(() => sent({}, { placements: [elsewhere] })).toThrow('fleet small has no subnet in eu-west-1c');
  });

  test('carry the highest price of a Spot step, and of no other', () => {
    const prices = (market: LaunchRequest['market']) =>
      overridesOf(sent({ maxSpotPrice: '0.12' }, { market })).map(({ MaxPrice }) => MaxPrice);
    expect(prices('spot')).toEqual(['0.12', '0.12', '0.12']);
    expect(prices('on-demand')).toEqual([undefined, undefined, undefined]);
  });
});

test.each([
  ['price-capacity-optimized', 'price-capacity-optimized', 'lowest-price', false],
  ['capacity-optimized', 'capacity-optimized', 'lowest-price', false],
  ['lowest-price', 'lowest-price', 'lowest-price', false],
  ['diversified', 'diversified', 'lowest-price', false],
  ['prioritized', 'capacity-optimized-prioritized', 'prioritized', true],
] as const)('%s is %s for Spot machines and %s for others', (allocationStrategy, spot, onDemand, hasPriorities) => {
  const asSpot = sent({ allocationStrategy });
  const asOnDemand = sent({ allocationStrategy }, { market: 'on-demand' });
  expect(asSpot.SpotOptions).toEqual({ AllocationStrategy: spot });
  expect(asOnDemand.OnDemandOptions).toEqual({ AllocationStrategy: onDemand });
  expect(asOnDemand).not.toHaveProperty('SpotOptions');
  const priorities = overridesOf(asOnDemand).map(({ Priority }) => Priority);
  expect(priorities).toEqual(hasPriorities ? [0, 1, 2] : [undefined, undefined, undefined]);
});

test('fleet and machines carry our tags, whatever a person configured; Spot requests those of a Spot step alone', () => {
  const tags = { Team: 'build', 'ghr:lane': 'another/org:evil' };
  const expected = {
    Team: 'build',
    'ghr:Application': 'github-action-runner',
    'ghr:created_by': 'scale-up-lambda',
    'ghr:environment': 'ci',
    'ghr:lane': 'small/org:acme',
    'ghr:fleet': 'small',
    'ghr:launch': 'launch-1',
  };
  for (const resource of ['fleet', 'instance', 'spot-instances-request']) {
    expect(tagsOf(sent({ tags }), resource)).toEqual(expected);
  }
  expect(tagsOf(sent({ tags }, { market: 'on-demand' }), 'instance')).toEqual(expected);
  expect(tagsOf(sent({ tags }, { market: 'on-demand' }), 'spot-instances-request')).toBeUndefined();
});

test.each([0, 101, 1.5, -1])('a launch of %s machines is refused before any call', (count) => {
  expect(() => sent({}, { count })).toThrow(RangeError);
});

test('a launch that names no placement is refused before any call', () => {
  expect(() => sent({}, { placements: [] })).toThrow(RangeError);
});
