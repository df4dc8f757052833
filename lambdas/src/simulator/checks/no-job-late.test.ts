import { expect, test } from '@jest/globals';
import { fleet } from '../../../tests/fleet.ts';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import { at, gone, jobQueued, jobStarted, launched, online, type Told } from '../measures/testbed.ts';
import { noJobLate } from './no-job-late.ts';

const minute = 60;
/** Half an hour and the longest boot, of five minutes. */
const late = 36 * minute;
const story = (startedAt: number, ...more: readonly Told[]): readonly Told[] =>
  [[0, jobQueued('a')], ...more, [startedAt, jobStarted('a', 'i-9')]] as readonly Told[];
const subjects = (told: readonly Told[], run = aRun()): readonly string[] =>
  breachesIn(noJobLate, told, { run }).map(({ subject }) => subject);

test('a job starts within half an hour and a boot', () => {
  expect(subjects(story(34 * minute))).toEqual([]);
  expect(subjects(story(late))).toEqual(['a']);
});

test('while faults act nobody promises when', () => {
  const run = aRun({ faultsEndAt: at(600) });
  expect(subjects(story(600 + 34 * minute), run)).toEqual([]);
  expect(subjects(story(600 + late), run)).toEqual(['a']);
});

test('while all slots are taken, the fleet’s or the deployment’s, it waits its turn', () => {
  const one = fleet({ name: 'linux', labels: ['linux'], runnersMaximumCount: 1 });
  const full: readonly Told[] = [
    [1, launched('i-1')],
    [30, online('i-1')],
    [late, gone('i-1')],
  ];
  const tight = [aRun({ fleets: () => [one] }), aRun({ deploymentLimit: () => 1 })];
  for (const run of tight) {
    expect(subjects(story(late + 600, ...full), run)).toEqual([]);
    expect(subjects(story(2 * late, ...full), run)).toEqual(['a']);
  }
  expect(subjects(story(late + 600, ...full))).toEqual(['a']);
});

test('where the hour’s launches are used up, it waits for the next', () => {
  const run = aRun({ fleets: () => [fleet({ name: 'linux', labels: ['linux'], launchesPerHourLimit: 1 })] });
  expect(subjects(story(60 * minute, [1, launched('i-1')]), run)).toEqual([]);
});

test('where machines did not boot, or three came for nothing, it is tried each hour', () => {
  const failed: readonly Told[] = [
    [1, launched('i-1')],
    [300, gone('i-1')],
  ];
  expect(subjects(story(95 * minute, ...failed))).toEqual([]);
  expect(subjects(story(105 * minute, ...failed))).toEqual(['a']);
  const three = [1, 2, 3].map((second): Told => [second, launched(`i-${second}`)]);
  expect(subjects(story(95 * minute, ...three))).toEqual([]);
});

test('a job whose fleet came or went waits for the slots of the one that takes it today', () => {
  const [small, roomy] = [1, -1].map((runnersMaximumCount, place) =>
    fleet({ name: `linux-${place}`, labels: ['linux'], runnersMaximumCount }),
  ) as [ReturnType<typeof fleet>, ReturnType<typeof fleet>];
  const full: readonly Told[] = [
    [1, launched('i-1', { fleet: 'linux-0' })],
    [30, online('i-1')],
    [late, gone('i-1')],
  ];
  const told = [[0, jobQueued('a', { fleet: 'linux-1' })], ...full, [late + 600, jobStarted('a', 'i-9')]] as const;
  expect(subjects(told, aRun({ fleets: () => [small, roomy] }))).toEqual([]);
  expect(subjects(told, aRun({ fleets: () => [roomy, small] }))).toEqual(['a']);
  expect(subjects(story(late, [5, jobQueued('b', { fleet: undefined })], [late, jobStarted('b', 'i-8')]))).toEqual([
    'b',
    'a',
  ]);
});
