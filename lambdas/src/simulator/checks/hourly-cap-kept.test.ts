import { expect, test } from '@jest/globals';
import { fleet } from '../../../tests/fleet.ts';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import { launched, type Told } from '../measures/testbed.ts';
import { hourlyCapKept } from './hourly-cap-kept.ts';

const run = aRun({ fleets: () => [fleet({ name: 'linux', launchesPerHourLimit: 2 })] });
const found = (...seconds: readonly number[]): number => {
  const story = seconds.map((second, place): Told => [second, launched(`i-${place}`)]);
  return breachesIn(hourlyCapKept, story, { run }).length;
};

test('a fleet launches an hour’s machines at once, and as many again while that hour passes', () => {
  expect(found(0, 0, 1_800, 3_500, 3_600, 3_600, 5_400)).toBe(0);
  expect(found(0, 0, 1_800, 3_500, 3_599)).toBe(1);
});

test('a machine that a person starts is none of them', () => {
  const ours = [0, 0, 1_800, 3_500].map((second, place): Told => [second, launched(`i-${place}`)]);
  const story: readonly Told[] = [...ours, [3_599, launched('i-9', { launchId: 'by-hand' })]];
  expect(breachesIn(hourlyCapKept, story, { run })).toEqual([]);
});
