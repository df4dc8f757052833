import { expect, test } from '@jest/globals';
import { fleet } from '../../../tests/fleet.ts';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import { gone, launched } from '../measures/testbed.ts';
import { noMachineOutlivesItsLimit } from './no-machine-outlives-its-limit.ts';

const hour = 3_600;
const run = aRun({ fleets: () => [fleet({ name: 'linux', hardLimitHours: 2 })] });

test('a machine is gone at its hard limit, or soon after', () => {
  expect(
    breachesIn(
      noMachineOutlivesItsLimit,
      [
        [0, launched('i-1')],
        [2.4 * hour, gone('i-1')],
      ],
      { run },
    ),
  ).toEqual([]);
  const late = breachesIn(
    noMachineOutlivesItsLimit,
    [
      [0, launched('i-1')],
      [2.6 * hour, gone('i-1')],
    ],
    { run },
  );
  expect(late).toMatchObject([{ promise: 'nothing-leaked', subject: 'i-1' }]);
});

test('one that is still there at the end is late, too', () => {
  const there = [[0, launched('i-1')]] as const;
  expect(breachesIn(noMachineOutlivesItsLimit, there, { run, endSeconds: 2.4 * hour })).toEqual([]);
  expect(breachesIn(noMachineOutlivesItsLimit, there, { run, endSeconds: 2.6 * hour })).toHaveLength(1);
});
