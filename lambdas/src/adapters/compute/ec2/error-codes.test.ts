import { expect, test } from '@jest/globals';
import { kindOfCode } from './error-codes.ts';

test.each([
  ['InsufficientInstanceCapacity', 'capacity'],
  ['InsufficientFreeAddressesInSubnet', 'capacity'],
  ['SpotMaxPriceTooLow', 'capacity'],
  ['UnfulfillableCapacity', 'capacity'],
  ['VcpuLimitExceeded', 'quota'],
  ['MaxSpotInstanceCountExceeded', 'quota'],
  ['RequestLimitExceeded', 'throttle'],
  ['InvalidFleetConfig', 'configuration'],
  ['InvalidLaunchTemplateId.NotFound', 'configuration'],
  ['UnauthorizedOperation', 'permission'],
  ['AuthFailure.ServiceLinkedRoleCreationNotPermitted', 'permission'],
])('%s is of the kind %s', (code, kind) => {
  expect(kindOfCode(code)).toBe(kind);
});

test('what stands before a code changes nothing', () => {
  expect(kindOfCode('Server.InsufficientInstanceCapacity')).toBe('capacity');
  expect(kindOfCode('Client.VolumeLimitExceeded')).toBe('quota');
});

test.each(['InternalError', 'Unavailable', 'BrandNewTrouble', ''])('%j is unknown, and so tried again', (code) => {
  expect(kindOfCode(code)).toBe('unknown');
});
