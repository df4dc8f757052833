import { DescribeInstanceStatusCommand, DescribeInstancesCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ec2Client } from '../../../src/adapters/compute/ec2/ec2-client.ts';
import { remoteControl } from '../../engine/ec2-proxy/control-endpoint.ts';
import { engine } from '../../engine/engine.ts';
import { type Ec2Testbed, ec2Testbed } from '../ec2-testbed.ts';

let town: Ec2Testbed;

beforeEach(async () => {
  town = await ec2Testbed();
});

afterEach(() => town.proxy.stop());

/** Tries nothing again, so that each fault is seen. */
const impatient = (accessKeyId = 'someone') =>
  ec2Client({
    region: engine().region,
    endpoint: town.proxy.url,
    credentials: { accessKeyId, secretAccessKey: 'x' },
    maxAttempts: 1,
  });

const describeAll = () => impatient().send(new DescribeInstancesCommand({}));
const action = 'DescribeInstances';

describe('a fault that was scripted', () => {
  test('comes as often as it was said to, and the call goes well then', async () => {
    town.control.refuseCalls({ action, code: 'RequestLimitExceeded', status: 503, times: 2 });
    await expect(describeAll()).rejects.toMatchObject({ name: 'RequestLimitExceeded' });
    await expect(describeAll()).rejects.toMatchObject({ name: 'RequestLimitExceeded' });
    expect(await describeAll()).toMatchObject({ Reservations: [] });
  });

  test.each(['before', 'after'] as const)('loses the connection %s the call took effect', async (when) => {
    town.control.loseAnswers({ action, when, how: 'reset' });
    await expect(describeAll()).rejects.toThrow('socket hang up');
  });

  test('leaves a caller without an answer until it gives up', async () => {
    town.control.loseAnswers({ action, when: 'after', how: 'hang' });
    const waiting = impatient().send(new DescribeInstancesCommand({}), { requestTimeout: 300 });
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('is over once faults are cleared', async () => {
    town.control.refuseCalls({ action, code: 'UnauthorizedOperation', status: 403 });
    town.control.clearFaults();
    expect(await describeAll()).toMatchObject({ Reservations: [] });
  });
});

describe('faults at random', () => {
  const outcomes = async (seed: number, between: () => Promise<unknown> = async () => {}): Promise<string> => {
    town.control.failAtRandom({ probability: 0.3, seed });
    let seen = '';
    for (let call = 0; call < 40; call++) {
      await between();
      seen += await describeAll().then(
        () => '.',
        (error) => error.name[0],
      );
    }
    return seen;
  };

  test('come about as often as was said, and again the same by the seed', async () => {
    const seen = await outcomes(7);
    expect(seen.replaceAll('.', '').length).toBeGreaterThan(4);
    expect(seen.replaceAll('.', '').length).toBeLessThan(20);
    expect(await outcomes(7)).toBe(seen);
    expect(await outcomes(8)).not.toBe(seen);
  });

  test('of one action do not depend on the calls of another', async () => {
    const seen = await outcomes(7);
    const other = () =>
      impatient()
        .send(new DescribeInstanceStatusCommand({}))
        .catch(() => undefined);
    expect(await outcomes(7, other)).toBe(seen);
  });
});

test('calls are counted by action and by who signed them', async () => {
  await impatient('role-a').send(new DescribeInstancesCommand({}));
  await impatient('role-b').send(new DescribeInstancesCommand({}));
  await impatient('role-b').send(new DescribeSubnetsCommand({}));
  expect(town.control.counts()).toEqual({
    byAction: { DescribeInstances: 2, DescribeSubnets: 1 },
    byCaller: { 'role-a': { DescribeInstances: 1 }, 'role-b': { DescribeInstances: 1, DescribeSubnets: 1 } },
  });
});

test('another process has the same control', async () => {
  const remote = remoteControl(town.proxy.url);
  await remote.refuseCalls({ action, code: 'UnauthorizedOperation', status: 403, times: 1 });
  await expect(describeAll()).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
  expect((await remote.counts()).byAction).toEqual({ DescribeInstances: 1 });
  const [id] = await remote.plant({ count: 1, type: 't', zone: 'z', subnet: 's', isSpot: true, tags: {} });
  expect(await remote.machines()).toMatchObject([{ id, state: 'running' }]);
  await expect((remote as never as { nonsense(): Promise<void> }).nonsense()).rejects.toThrow('There is no nonsense');
});
