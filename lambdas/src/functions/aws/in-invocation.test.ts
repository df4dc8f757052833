import { expect, test } from '@jest/globals';
import { city } from '../../../tests/city/city.ts';
import { inInvocation } from './in-invocation.ts';

const secondsOf = (remainingSeconds: number, timing = {}): number => {
  const { world } = city({ timing });
  const invocation = { awsRequestId: 'r', getRemainingTimeInMillis: () => remainingSeconds * 1000 };
  return ((inInvocation(world, invocation).deadlineAt ?? 0) - world.clock.now()) / 1000;
};

test('a function stops starting work early enough to end what it began', () => {
  expect(secondsOf(60)).toBe(45);
  expect(secondsOf(8)).toBe(6);
});

test('however long it may run, it stops before its writes would be somebody else’s', () => {
  expect(secondsOf(900)).toBe(105);
  expect(secondsOf(60, { scaleUpLimitSeconds: 15 })).toBe(11.25);
});
