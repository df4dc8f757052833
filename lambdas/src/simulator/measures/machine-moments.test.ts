import { expect, test } from '@jest/globals';
import { machineMoments } from './machine-moments.ts';
import { at, gone, launchCalled, launched, online, running, tell } from './testbed.ts';

test('a machine has the first moment of each kind, until it is gone', () => {
  const machines = machineMoments();
  tell(
    machines.hear,
    [0, launchCalled('launch-i-1')],
    [1, launched('i-1')],
    [9, running('i-1')],
    [40, online('i-1')],
    [50, online('i-1')],
  );
  expect(machines.of('i-1')).toEqual({
    ...{ lane: 'linux/org:acme', launchCalledAt: at(0), runningAt: at(9), onlineAt: at(40) },
  });
  tell(machines.hear, [60, gone('i-1')], [61, running('i-1')]);
  expect(machines.of('i-1')).toBeUndefined();
});

test('a machine whose call nobody told of was decided when it came', () => {
  const machines = machineMoments();
  tell(machines.hear, [7, launched('i-1')]);
  expect(machines.of('i-1')?.launchCalledAt).toBe(at(7));
});

test('calls that no machine came of are forgotten once many others followed', () => {
  const machines = machineMoments();
  for (let i = 0; i < 5_000; i++) tell(machines.hear, [i, launchCalled(`launch-${i}`)]);
  tell(machines.hear, [6_000, launched('old', { launchId: 'launch-1' })]);
  tell(machines.hear, [6_000, launched('young', { launchId: 'launch-4000' })]);
  expect([machines.of('old')?.launchCalledAt, machines.of('young')?.launchCalledAt]).toEqual([at(6_000), at(4_000)]);
});
