import { describe, expect, test } from '@jest/globals';
import { type Ec2Word, scriptedEc2 } from '../../../../tests/doubles/scripted-ec2.ts';
import { ec2Fleet, ec2Request } from '../../../../tests/ec2-fleet.ts';
import { textAt } from '../../../../tests/engine/ec2-proxy/form.ts';
import { DeniedError, ThrottledError } from '../../../core/errors.ts';
import { TokenMismatchError } from '../../../ports/compute.ts';
import { manualClock } from '../../clock/manual-clock.ts';
import { memoryLog } from '../../log/memory-log.ts';
import { ec2Compute } from './ec2-compute.ts';

const came: Ec2Word = {
  says: {
    fleetId: 'fleet-1',
    fleetInstanceSet: [
      {
        launchTemplateAndOverrides: { overrides: { instanceType: 'm7i.large', subnetId: 'subnet-a' } },
        lifecycle: 'spot',
        instanceIds: ['i-1', 'i-2'],
        instanceType: 'm7i.large',
      },
    ],
  },
};

function start(...words: readonly Ec2Word[]) {
  const { client, calls } = scriptedEc2(...words);
  const log = memoryLog();
  const fleetOf = (name: string) => (name === 'small' ? ec2Fleet() : undefined);
  return { compute: ec2Compute({ client, prefix: 'ci', fleetOf, clock: manualClock(), log }), calls, log };
}

describe('a launch', () => {
  test('is one call, and no other', async () => {
    const { compute, calls } = start(came);
    const { instances, errors } = await compute.launch(ec2Request());
    expect(instances.map(({ id, zone }) => [id, zone])).toEqual([
      ['i-1', 'eu-west-1a'],
      ['i-2', 'eu-west-1a'],
    ]);
    expect(errors).toEqual([]);
    expect(calls.map((form) => textAt(form, 'Action'))).toEqual(['CreateFleet']);
  });

  test('that is tried again inside is the same request, byte for byte', async () => {
    const { compute, calls } = start({ isLost: true }, { refuses: 'InternalError', status: 500 }, came);
    expect((await compute.launch(ec2Request())).instances).toHaveLength(2);
    expect(calls).toHaveLength(3);
    expect(calls[1]).toEqual(calls[0]);
    expect(calls[2]).toEqual(calls[0]);
  });

  test('for a fleet that is not configured says what to add', async () => {
    await expect(start().compute.launch(ec2Request({ fleet: 'removed' }))).rejects.toThrow('fleet removed');
  });
});

describe('a refusal of the whole call', () => {
  test.each([
    ['UnfulfillableCapacity', 'capacity'],
    ['VcpuLimitExceeded', 'quota'],
    ['MaxSpotInstanceCountExceeded', 'quota'],
    ['InvalidFleetConfig', 'configuration'],
    ['InvalidLaunchTemplateId.VersionNotFound', 'configuration'],
    ['SpotMaxPriceTooLow', 'capacity'],
  ])('%s is an answer: no machine, and an error of the kind %s', async (refuses, kind) => {
    const { compute, log } = start({ refuses });
    const { instances, errors } = await compute.launch(ec2Request());
    expect(instances).toEqual([]);
    expect(errors).toEqual([{ kind, message: expect.stringContaining(refuses) }]);
    expect(log.lines).toHaveLength(1);
  });

  test('for want of addresses is a want of capacity in the zone of the subnet that it names', async () => {
    const because = "There are not enough free addresses in subnet 'subnet-a'.";
    const { compute } = start({ refuses: 'InsufficientFreeAddressesInSubnet', because });
    const { errors } = await compute.launch(ec2Request());
    expect(errors.map(({ kind, placement }) => [kind, placement?.type, placement?.zone])).toEqual([
      ['capacity', 'm7i.large', 'eu-west-1a'],
      ['capacity', 'm6i.large', 'eu-west-1a'],
    ]);
  });

  test('for too many calls is a throttle, and tells what EC2 said', async () => {
    const throttle: Ec2Word = { refuses: 'RequestLimitExceeded', because: 'Request limit exceeded.', status: 503 };
    const error = await start(throttle, throttle, throttle)
      .compute.launch(ec2Request())
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ThrottledError);
    expect(error.message).toContain('Request limit exceeded.');
  });

  test('for a missing right is denied', async () => {
    await expect(start({ refuses: 'UnauthorizedOperation' }).compute.launch(ec2Request())).rejects.toThrow(DeniedError);
  });

  test('for a token that was used otherwise is a mismatch', async () => {
    const { compute } = start({ refuses: 'IdempotentParameterMismatch' });
    await expect(compute.launch(ec2Request())).rejects.toThrow(TokenMismatchError);
  });

  test('that nobody knows is thrown as it is', async () => {
    const { compute } = start({ refuses: 'BrandNewTrouble' });
    await expect(compute.launch(ec2Request())).rejects.toMatchObject({ name: 'BrandNewTrouble' });
  });

  test.each(['UnauthorizedOperation', 'VcpuLimitExceeded'])(
    '%s after an attempt whose answer was lost does not say that no machine came',
    async (refuses) => {
      const { compute } = start({ isLost: true }, { refuses });
      await expect(compute.launch(ec2Request())).rejects.toMatchObject({ name: refuses });
    },
  );
});
