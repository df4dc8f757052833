import type { CreateFleetError } from '@aws-sdk/client-ec2';
import { expect, test } from '@jest/globals';
import { ec2Fleet, ec2Request } from '../../../../tests/ec2-fleet.ts';
import { launchResult } from './fleet-answer.ts';

const request = ec2Request();
const [first, second, third] = request.placements;

const overridden = (type: string, subnet: string): CreateFleetError => ({
  LaunchTemplateAndOverrides: { Overrides: { InstanceType: type as 'm7i.large', SubnetId: subnet } },
});

const refusedAt = (type: string, subnet: string, code: string): CreateFleetError => ({
  ...overridden(type, subnet),
  ErrorCode: code,
  ErrorMessage: 'Sorry.',
});

const errorsOf = (...errors: readonly CreateFleetError[]) =>
  launchResult({ Errors: [...errors] }, ec2Fleet(), request, 0).errors.map(({ kind, placement }) => ({
    kind,
    placement,
  }));

test('the machines that came are known from the answer alone', () => {
  const came = { ...overridden('m7i.large', 'subnet-b'), InstanceIds: ['i-1', 'i-2'] };
  const { instances } = launchResult({ Instances: [came] }, ec2Fleet(), request, 1234);
  expect(instances.map(({ id }) => id)).toEqual(['i-1', 'i-2']);
  expect(instances[0]).toEqual({
    id: 'i-1',
    lane: 'small/org:acme',
    fleet: 'small',
    launchId: 'launch-1',
    state: 'pending',
    launchedAt: 1234,
    type: 'm7i.large',
    zone: 'eu-west-1b',
    market: 'spot',
    bypassRemoval: false,
    impaired: false,
  });
});

test('an error says where', () => {
  expect(errorsOf(refusedAt('m6i.large', 'subnet-a', 'InsufficientInstanceCapacity'))).toEqual([
    { kind: 'capacity', placement: third },
  ]);
});

test('an error without a place keeps its kind', () => {
  expect(errorsOf({ ErrorCode: 'VcpuLimitExceeded', ErrorMessage: 'Too many.' })).toEqual([
    { kind: 'quota', placement: undefined },
  ]);
});

test('a throttle and a missing right may stand inside an answer that is none', () => {
  expect(errorsOf(refusedAt('m7i.large', 'subnet-a', 'RequestLimitExceeded'))).toMatchObject([{ kind: 'throttle' }]);
  expect(errorsOf(refusedAt('m7i.large', 'subnet-a', 'UnauthorizedOperation'))).toMatchObject([{ kind: 'permission' }]);
});

test('a code that nobody knows is unknown', () => {
  expect(errorsOf(refusedAt('m7i.large', 'subnet-a', 'BrandNewTrouble'))).toMatchObject([{ kind: 'unknown' }]);
});

test('a full subnet has no room for any type of its zone', () => {
  expect(errorsOf(refusedAt('m7i.large', 'subnet-a', 'InsufficientFreeAddressesInSubnet'))).toEqual([
    { kind: 'capacity', placement: first },
    { kind: 'capacity', placement: third },
  ]);
});

test.each(['Unsupported', 'InvalidFleetConfiguration'])('%s in one place means: elsewhere', (code) => {
  expect(errorsOf(refusedAt('m7i.large', 'subnet-b', code))).toEqual([{ kind: 'capacity', placement: second }]);
});

test.each(['Unsupported', 'InvalidFleetConfiguration'])('%s in every place is a wrong configuration', (code) => {
  const errors = errorsOf(
    refusedAt('m7i.large', 'subnet-a', code),
    refusedAt('m7i.large', 'subnet-b', code),
    refusedAt('m6i.large', 'subnet-a', code),
  );
  expect(errors.map(({ kind }) => kind)).toEqual(['configuration', 'configuration', 'configuration']);
});
