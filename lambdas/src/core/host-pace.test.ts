import { expect, test } from '@jest/globals';
import { type HostMemory, newHostMemory } from './host-memory.ts';
import { readSeconds } from './host-pace.ts';
import { unseenHostPolicy } from './host-policy.ts';

const working: HostMemory = { ...newHostMemory, row: { grantState: 'taken' }, hadWorker: true };
const secondsOf = (memory: HostMemory): number => readSeconds(memory, unseenHostPolicy);

test('a row that is known is not read while a worker runs', () => {
  expect(secondsOf(working)).toBe(Number.POSITIVE_INFINITY);
});

test('a row that seems gone is looked for all the same, or a lease would never be written again', () => {
  expect(secondsOf({ ...working, row: 'absent' })).toBe(unseenHostPolicy.leaseRenewalSeconds);
});

test('a grant is asked for at each look, and nothing more once it was taken', () => {
  const booting: HostMemory = { ...newHostMemory, row: { grantState: 'none' } };
  expect(secondsOf(booting)).toBe(0);
  expect(secondsOf({ ...booting, tookGrant: true })).toBe(15);
});

test('an answer is awaited from the first look on that sees no worker', () => {
  expect(secondsOf({ ...working, workerlessSeconds: 0 })).toBe(unseenHostPolicy.leaseRenewalSeconds);
  expect(secondsOf({ ...working, workerlessSeconds: 0, idleSince: 1 })).toBeLessThanOrEqual(15);
});
