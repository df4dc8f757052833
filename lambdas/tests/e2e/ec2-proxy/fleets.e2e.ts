import {
  CreateFleetCommand,
  type FleetLaunchTemplateOverridesRequest,
  type SpotAllocationStrategy,
  type TagSpecification,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Ec2Testbed, ec2Testbed, statesInMoto } from '../ec2-testbed.ts';

let town: Ec2Testbed;

beforeEach(async () => {
  town = await ec2Testbed();
});

afterEach(() => town.proxy.stop());

interface Asked {
  readonly count: number;
  readonly token?: string;
  readonly strategy?: SpotAllocationStrategy;
  readonly LaunchTemplateId?: string;
  readonly tags?: TagSpecification[];
  readonly market?: 'spot' | 'on-demand';
  readonly overrides?: readonly FleetLaunchTemplateOverridesRequest[];
}

const pools = (): FleetLaunchTemplateOverridesRequest[] =>
  town.settings.subnets.slice(0, 2).map(({ id }) => ({ InstanceType: 'm7i.large', SubnetId: id }));

const fleet = ({ count, token, strategy = 'price-capacity-optimized', market = 'spot', tags, ...asked }: Asked) =>
  town.client.send(
    new CreateFleetCommand({
      Type: 'instant',
      ClientToken: token,
      ...(market === 'spot' && { SpotOptions: { AllocationStrategy: strategy } }),
      TargetCapacitySpecification: { TotalTargetCapacity: count, DefaultTargetCapacityType: market },
      TagSpecifications: tags,
      LaunchTemplateConfigs: [
        {
          LaunchTemplateSpecification: {
            LaunchTemplateId: asked.LaunchTemplateId ?? town.settings.launchTemplateId,
            Version: '1',
          },
          Overrides: [...(asked.overrides ?? pools())],
        },
      ],
    }),
  );

const perSubnet = ({ Instances = [] }: Awaited<ReturnType<typeof fleet>>) =>
  Instances.map(({ LaunchTemplateAndOverrides: told, InstanceIds = [] }) => [
    told?.Overrides?.SubnetId,
    InstanceIds.length,
  ]);

const subnet = (index: number): string => town.settings.subnets[index]?.id ?? '';
const room = (index: number, machines: number): void =>
  town.control.setCapacity({ type: 'm7i.large', zone: town.settings.subnets[index]?.zone ?? '', machines });

describe('a fleet', () => {
  test('comes from the first pool with room, and from the next for the rest', async () => {
    room(0, 2);
    expect(perSubnet(await fleet({ count: 3 }))).toEqual([
      [subnet(0), 2],
      [subnet(1), 1],
    ]);
  });

  test('is partial where there is too little room, and each pool says so', async () => {
    room(0, 1);
    room(1, 0);
    const answer = await fleet({ count: 3 });
    expect(perSubnet(answer)).toEqual([[subnet(0), 1]]);
    expect(answer.Errors?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'InsufficientInstanceCapacity',
      'InsufficientInstanceCapacity',
    ]);
  });

  test('of no machine is an answer, too', async () => {
    town.control.setCapacity({ machines: 0 });
    const answer = await fleet({ count: 3 });
    expect(answer.Instances).toEqual([]);
    expect(answer.Errors).toHaveLength(2);
  });

  test('that is diversified comes from all pools in turn', async () => {
    expect(perSubnet(await fleet({ count: 4, strategy: 'diversified' }))).toEqual([
      [subnet(0), 2],
      [subnet(1), 2],
    ]);
  });

  test('that is prioritized starts with the lowest number', async () => {
    const [first, second] = pools();
    const overrides = [
      { ...first, Priority: 2 },
      { ...second, Priority: 1 },
    ];
    const answer = await fleet({ count: 1, strategy: 'capacity-optimized-prioritized', overrides });
    expect(perSubnet(answer)).toEqual([[subnet(1), 1]]);
  });

  test('that names a pool twice is refused', async () => {
    const [first = {}] = pools();
    const twice = fleet({ count: 1, overrides: [first, { ...first }] });
    await expect(twice).rejects.toMatchObject({ name: 'InvalidFleetConfig' });
    expect(town.control.machines()).toEqual([]);
  });

  test('that names a pool by two subnets of one zone is refused', async () => {
    const [one] = town.settings.subnets;
    const other = await town.addSubnet(one?.zone ?? '');
    const overrides = [one, other].map((of) => ({ InstanceType: 'm7i.large' as const, SubnetId: of?.id }));
    await expect(fleet({ count: 1, overrides })).rejects.toMatchObject({ name: 'InvalidFleetConfig' });
  });

  test('never takes more than there is room for, however many calls there are at once', async () => {
    town.control.setCapacity({ machines: 0 });
    room(0, 3);
    const answers = await Promise.all([1, 2, 3, 4].map(() => fleet({ count: 2 })));
    const came = answers.flatMap(({ Instances = [] }) => Instances.flatMap(({ InstanceIds = [] }) => InstanceIds));
    expect(came).toHaveLength(3);
  });

  test('is started in moto: its first machine of each pool', async () => {
    room(0, 2);
    const { Instances = [] } = await fleet({ count: 4 });
    const firsts = Instances.flatMap(({ InstanceIds: [first = ''] = [] }) => first);
    expect(await statesInMoto(firsts)).toEqual(['running', 'running']);
  });

  test('of on-demand machines has no Spot requests to tag', async () => {
    const tags = [{ ResourceType: 'spot-instances-request' as const, Tags: [{ Key: 'team', Value: 'build' }] }];
    expect((await fleet({ count: 1, tags })).Instances).toHaveLength(1);
    await expect(fleet({ count: 1, tags, market: 'on-demand' })).rejects.toThrow('no Spot instances requests');
  });

  test('of a template that is not there is refused by moto', async () => {
    const LaunchTemplateId = 'lt-00000000000000000';
    await expect(fleet({ count: 1, LaunchTemplateId })).rejects.toMatchObject({
      name: expect.stringContaining('InvalidLaunchTemplate'),
    });
    expect(town.control.machines()).toEqual([]);
  });
});

describe('a token', () => {
  test('answers the same fleet to the same request', async () => {
    const first = await fleet({ count: 1, token: 'one' });
    const again = await fleet({ count: 1, token: 'one' });
    expect([again.FleetId, perSubnet(again)]).toEqual([first.FleetId, perSubnet(first)]);
    expect(town.control.machines()).toHaveLength(1);
  });

  test('is refused for another request', async () => {
    await fleet({ count: 1, token: 'one' });
    await expect(fleet({ count: 2, token: 'one' })).rejects.toMatchObject({ name: 'IdempotentParameterMismatch' });
  });

  test('of a call that was refused may be used again', async () => {
    const [first = {}] = pools();
    await expect(fleet({ count: 1, token: 'one', overrides: [first, { ...first }] })).rejects.toThrow();
    expect((await fleet({ count: 1, token: 'one' })).Instances).toHaveLength(1);
  });
});
