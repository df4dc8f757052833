import {
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Ec2ProxyOptions } from '../../engine/ec2-proxy/ec2-proxy.ts';
import type { MachineEvent } from '../../engine/ec2-proxy/machine-events.ts';
import { type Ec2Testbed, ec2Testbed } from '../ec2-testbed.ts';

const started: Ec2Testbed[] = [];

afterEach(async () => {
  for (const town of started.splice(0)) await town.proxy.stop();
});

async function start(options: Partial<Ec2ProxyOptions> = {}) {
  const events: MachineEvent[] = [];
  const town = await ec2Testbed({ ...options, onEvent: (event) => events.push(event) });
  started.push(town);
  const plant = (count: number, tags: Record<string, string> = {}) =>
    town.control.plant({ count, type: 'm7i.large', zone: 'eu-west-1a', subnet: 'subnet-1', isSpot: true, tags });
  const describe = (input: DescribeInstancesCommandInput) => town.client.send(new DescribeInstancesCommand(input));
  return { ...town, events, plant, describe };
}

const idsOf = ({ Reservations = [] }: Awaited<ReturnType<Awaited<ReturnType<typeof start>>['describe']>>) =>
  Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId));

const pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

describe('a list', () => {
  test('comes in pages of the size that was asked for', async () => {
    const { plant, describe } = await start();
    const ids = plant(12);
    const first = await describe({ MaxResults: 5 });
    const second = await describe({ MaxResults: 5, NextToken: first.NextToken });
    const third = await describe({ MaxResults: 5, NextToken: second.NextToken });
    expect([...idsOf(first), ...idsOf(second), ...idsOf(third)]).toEqual(ids);
    expect(third.NextToken).toBeUndefined();
  });

  test('filters by tag, by pattern and by state, all of them at once', async () => {
    const { plant, describe, control } = await start();
    const [one = '', two = ''] = plant(2, { team: 'build' });
    plant(1, { team: 'other' });
    control.end({ id: one, code: 'Client.UserInitiatedShutdown' });
    const Filters = [
      { Name: 'tag:team', Values: ['bu*'] },
      { Name: 'instance-state-name', Values: ['running', 'pending'] },
    ];
    expect(idsOf(await describe({ Filters }))).toEqual([two]);
  });

  test.each<[string, DescribeInstancesCommandInput, string]>([
    ['a filter that EC2 does not know', { Filters: [{ Name: 'shoe-size', Values: ['44'] }] }, 'InvalidParameterValue'],
    ['a page of two', { MaxResults: 2 }, 'InvalidParameterValue'],
    ['an id that EC2 does not know', { InstanceIds: ['i-0123456789abcdef0'] }, 'InvalidInstanceID.NotFound'],
    ['a made-up page', { NextToken: 'nonsense' }, 'InvalidPaginationToken'],
    [
      'two hundred and one values',
      { Filters: [{ Name: 'instance-id', Values: Array.from({ length: 201 }, (_, index) => `i-${index}`) }] },
      'FilterLimitExceeded',
    ],
  ])('refuses %s', async (_, input, name) => {
    const { plant, describe } = await start();
    plant(1);
    await expect(describe(input)).rejects.toMatchObject({ name });
  });

  test('lags behind launches', async () => {
    const { plant, describe } = await start({ pace: { lagSeconds: 0.4 } });
    const ids = plant(1);
    expect(idsOf(await describe({}))).toEqual([]);
    await pause(0.5);
    expect(idsOf(await describe({}))).toEqual(ids);
  });
});

describe('a machine', () => {
  test('boots, runs and stops in its time, and events tell of each state', async () => {
    const { plant, control, events } = await start({ pace: { bootSeconds: 0.2, stopSeconds: 0.2 } });
    const [id = ''] = plant(1);
    const stateNow = () => control.machines()[0]?.state;
    expect(stateNow()).toBe('pending');
    await pause(0.3);
    expect(stateNow()).toBe('running');
    control.end({ id, code: 'Client.UserInitiatedShutdown' });
    expect(stateNow()).toBe('shutting-down');
    await pause(0.3);
    expect(stateNow()).toBe('terminated');
    expect(events.map(({ detail }) => detail.state)).toEqual(['pending', 'running', 'shutting-down', 'terminated']);
    expect(events[0]).toMatchObject({
      source: 'aws.ec2',
      'detail-type': 'EC2 Instance State-change Notification',
      resources: [`arn:aws:ec2:eu-west-1:111111111111:instance/${id}`],
      detail: { 'instance-id': id },
    });
  });

  test('that ends while it is pending never runs', async () => {
    const { compute, request, control, events } = await start({ pace: { bootSeconds: 0.2 } });
    control.endNextLaunched({ count: 1, code: 'Server.InternalError' });
    await compute().launch(request({ count: 1 }));
    await pause(0.3);
    expect(events.map(({ detail }) => detail.state)).toEqual(['pending', 'shutting-down', 'terminated']);
  });

  test('is given notice before Spot takes it', async () => {
    const { plant, control, events } = await start();
    const [id = ''] = plant(1);
    control.interrupt({ id, noticeSeconds: 0.2 });
    expect(control.machines()[0]?.state).toBe('running');
    await pause(0.3);
    expect(control.machines()[0]).toMatchObject({
      state: 'terminated',
      ending: { code: 'Server.SpotInstanceTermination' },
    });
    expect(events.find((event) => event['detail-type'] === 'EC2 Spot Instance Interruption Warning')?.detail).toEqual({
      'instance-id': id,
      'instance-action': 'terminate',
    });
  });

  test('lives on when another one of its batch is unknown', async () => {
    const { plant, client, control } = await start();
    const [id = ''] = plant(1);
    const InstanceIds = [id, 'i-0123456789abcdef0', 'i-0123456789abcdef1'];
    await expect(client.send(new TerminateInstancesCommand({ InstanceIds }))).rejects.toThrow(
      "The instance IDs 'i-0123456789abcdef0, i-0123456789abcdef1' do not exist",
    );
    expect(control.machines()[0]?.state).toBe('running');
  });
});
