import { expect, test } from '@jest/globals';
import { fleet } from '../../../tests/fleet.ts';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import { at, jobEnded, jobQueued, jobStarted, launched, type Told } from '../measures/testbed.ts';
import { jobsTriedSparingly } from './jobs-tried-sparingly.ts';

/** One after the other, a minute apart. */
const launches = (count: number, fromSeconds = 10): readonly Told[] =>
  Array.from({ length: count }, (_, place) => [fromSeconds + place * 60, launched(`i-${fromSeconds}-${place}`)]);
const found = (story: readonly Told[], run = aRun()): number => breachesIn(jobsTriedSparingly, story, { run }).length;

test('a job that no runner takes is not launched for each minute', () => {
  expect(found([[0, jobQueued('a')], ...launches(23)])).toBe(0);
  expect(breachesIn(jobsTriedSparingly, [[0, jobQueued('a')], ...launches(30)])).toMatchObject([
    { promise: 'nothing-leaked', what: expect.stringContaining('none of 1 jobs') },
  ]);
});

test('each job that waits may be tried for', () => {
  const jobs = ['a', 'b', 'c'].map((job): Told => [0, jobQueued(job)]);
  expect(found([...jobs, ...launches(50)])).toBe(0);
});

test('a job that began ends the row; what nobody waits for is no row', () => {
  const again: readonly Told[] = [
    [0, jobQueued('a')],
    [0, jobQueued('b')],
    ...launches(40),
    [2_500, jobStarted('a', 'i-10-1')],
    ...launches(20, 2_600),
  ];
  expect(found(again)).toBe(0);
  expect(found([[0, jobQueued('a')], [5, jobEnded('a', undefined, 'cancelled')], ...launches(40)])).toBe(0);
});

test('a launch whose runner another job took was of use, once', () => {
  const story = (stolen: number): readonly Told[] => [
    [0, jobQueued('a')],
    ...launches(22),
    ...Array.from({ length: stolen }, (_, place): Told => [1_400, jobStarted('stranger', `i-10-${place}`)]),
    ...Array.from({ length: stolen }, (_, place): Told => [1_500, jobStarted('another', `i-10-${place}`)]),
    ...launches(10, 1_600),
  ];
  expect(found(story(0))).toBe(1);
  expect(found(story(6))).toBe(1);
  expect(found(story(9))).toBe(0);
});

test('a pool is filled again, whatever becomes of its machines', () => {
  const pooled = fleet({ name: 'linux', labels: ['linux'], poolScope: 'org:acme' });
  expect(found([[0, jobQueued('a')], ...launches(60)], aRun({ fleets: () => [pooled] }))).toBe(0);
});

test('a job whose fleet was not there when it came is tried for where it waits now', () => {
  const told = (count: number): number => {
    let fleets = [fleet({ name: 'other', labels: ['windows'] })];
    const check = jobsTriedSparingly(aRun({ fleets: () => fleets }));
    for (const job of ['a', 'b', 'c']) check.witness(jobQueued(job, { fleet: undefined }), at(0));
    fleets = [fleet({ name: 'linux', labels: ['linux'] })];
    check.witness({ kind: 'configured', fleets: ['linux'] }, at(5));
    for (const [second, fact] of launches(count)) check.witness(fact, at(second));
    return check.breaches().length;
  };
  expect(told(50)).toBe(0);
  expect(told(70)).toBe(1);
});
