import { expect, test } from '@jest/globals';
import { fleet } from '../../../tests/fleet.ts';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import { gone, launched, type Told } from '../measures/testbed.ts';
import { neverOverTheLimit } from './never-over-the-limit.ts';

const limited = (limits: readonly number[], deploymentLimit = -1) => {
  let configurations = 0;
  const fleets = () => {
    const limit = limits[Math.min(configurations++, limits.length - 1)] ?? -1;
    return [fleet({ name: 'linux', runnersMaximumCount: limit })];
  };
  return aRun({ fleets, deploymentLimit: () => deploymentLimit });
};
const lowered: Told = [50, { kind: 'configured', fleets: ['linux'] }];

test('the machine above a fleet’s limit is one too many, also where others end already', () => {
  const story: readonly Told[] = [
    [1, launched('i-1')],
    [2, launched('i-2')],
    [9, launched('i-3')],
  ];
  expect(breachesIn(neverOverTheLimit, story, { run: limited([2]) })).toMatchObject([{ subject: 'i-3' }]);
  expect(breachesIn(neverOverTheLimit, story, { run: limited([3]) })).toEqual([]);
  expect(breachesIn(neverOverTheLimit, story, { run: limited([-1], 2) })).toMatchObject([{ subject: 'i-3' }]);
});

test('one that is gone has made room', () => {
  const story: readonly Told[] = [
    [1, launched('i-1')],
    [5, gone('i-1')],
    [9, launched('i-2')],
  ];
  expect(breachesIn(neverOverTheLimit, story, { run: limited([1]) })).toEqual([]);
});

test('a limit that is lowered binds what is launched from then on, once nobody can have decided by the old one', () => {
  const story = (seconds: number): readonly Told[] => [[1, launched('i-1')], lowered, [seconds, launched('i-2')]];
  expect(breachesIn(neverOverTheLimit, story(60), { run: limited([2, 1]) })).toEqual([]);
  expect(breachesIn(neverOverTheLimit, story(900), { run: limited([2, 1]) })).toMatchObject([{ subject: 'i-2' }]);
});

test('what a person starts by hand is his to count', () => {
  const story: readonly Told[] = [
    [1, launched('i-1')],
    [2, launched('i-2', { launchId: 'by-hand' })],
  ];
  expect(breachesIn(neverOverTheLimit, story, { run: limited([1]) })).toEqual([]);
});
