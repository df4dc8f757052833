import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runnerTime } from './runner-time.ts';
import {
  at,
  ending,
  gone,
  jobEnded,
  jobQueued,
  jobStarted,
  launched,
  online,
  stories,
  type Told,
  tell,
} from './testbed.ts';
import { timeline } from './timeline.ts';

const timelineOf = (...story: readonly Told[]) => {
  const all = timeline();
  tell(all.hear, ...story);
  return all;
};

describe('jobs that wait', () => {
  const waitingOf = (until: number, ...story: readonly Told[]): readonly number[] =>
    timelineOf(...story)
      .points(at(until))
      .map(({ waiting }) => waiting);

  test('wait from being queued to their first start, or their end', () => {
    const story: readonly Told[] = [
      [0, jobQueued('one')],
      [1, jobQueued('two')],
      [2, jobStarted('one', 'i-1')],
      [3, jobStarted('one', 'i-2')],
      [4, jobEnded('two', undefined, 'cancelled')],
      [5, jobEnded('one', 'i-2')],
    ];
    expect(waitingOf(6, ...story)).toEqual([1, 2, 1, 1, 0, 0]);
  });

  test('show how many they were at most, even if it was for a moment in a long time', () => {
    const burst = Array.from({ length: 50 }, (_, i) => `job-${i}`);
    const all = timelineOf(
      [0, jobQueued('first')],
      ...burst.map((job): Told => [50_000.1, jobQueued(job)]),
      ...burst.map((job): Told => [50_000.2, jobStarted(job, 'i-1')]),
    );
    expect(Math.max(...all.points(at(86_400)).map(({ waiting }) => waiting))).toBe(51);
  });

  test('are ours while their fleet is configured', () => {
    const story: readonly Told[] = [
      [0, jobQueued('nobody’s', { fleet: undefined })],
      [0, jobQueued('linux')],
      [0, jobQueued('windows', { fleet: 'windows' })],
      [1, { kind: 'configured', fleets: ['linux'] }],
      [2, { kind: 'configured', fleets: ['linux', 'windows'] }],
      [3, { kind: 'configured', fleets: [] }],
      [4, jobStarted('windows', 'i-1')],
      [4, { kind: 'configured', fleets: ['linux', 'windows'] }],
    ];
    expect(waitingOf(5, ...story)).toEqual([2, 1, 2, 0, 1]);
  });
});

test('machines boot, idle and work; one that leaves is shown until it is gone', () => {
  const all = timelineOf(
    [0, launched('i-1')],
    [1, online('i-1')],
    [2, jobStarted('job', 'i-1')],
    [3, jobEnded('job', 'i-1')],
    [4, ending('i-1')],
    [5, gone('i-1')],
  );
  expect(all.points(at(6))).toEqual([
    { at: at(0), waiting: 0, booting: 1, idle: 0, busy: 0 },
    { at: at(1), waiting: 0, booting: 0, idle: 1, busy: 0 },
    { at: at(2), waiting: 0, booting: 0, idle: 0, busy: 1 },
    { at: at(3), waiting: 0, booting: 0, idle: 1, busy: 0 },
    { at: at(4), waiting: 0, booting: 0, idle: 1, busy: 0 },
    { at: at(5), waiting: 0, booting: 0, idle: 0, busy: 0 },
  ]);
});

test('machines show as their mean over a step, also over the last one, which is not over', () => {
  const points = timelineOf(
    [0, launched('i-1')],
    [0.25, gone('i-1')],
    [1, launched('i-2')],
    [1.2, online('i-2')],
  ).points(at(1.4));
  expect(points.map(({ booting, idle }) => [booting, idle])).toEqual([
    [0.25, 0],
    [expect.closeTo(0.5, 9), expect.closeTo(0.5, 9)],
  ]);
});

test('machines at most at once are counted exactly', () => {
  const all = timelineOf(
    [0, launched('i-1')],
    [0.001, launched('i-2')],
    [0.002, gone('i-1')],
    [0.003, launched('i-3')],
    [50_000, gone('i-2')],
    [50_000, gone('i-3')],
  );
  expect(all.peakRunners()).toBe(2);
});

test('before anything happened there is nothing to show', () => {
  expect(timeline().points(at(0))).toEqual([]);
});

test('however long it takes, it is between 300 and 600 points in equal steps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 601, max: 3_000_000 }), (seconds) => {
      const points = timelineOf([0, jobQueued('job')], [seconds / 3, launched('i-1')]).points(at(seconds));
      expect(points.length).toBeGreaterThanOrEqual(300);
      expect(points.length).toBeLessThanOrEqual(600);
      expect(points.every(({ waiting }) => waiting === 1)).toBe(true);
      const [first, second] = points.map((point) => point.at);
      const step = (second ?? 0) - (first ?? 0);
      expect(points.map((point) => point.at)).toEqual(points.map((_, i) => at(0) + i * step));
    }),
  );
});

test('whatever happens, the areas are the machines’ time, and no stack is higher than the most machines', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const [all, times] = [timelineOf(...story), runnerTime()];
      tell(times.hear, ...story);
      const until = at((story.at(-1)?.[0] ?? 0) + 1);
      const points = all.points(until);
      const { boot, idle, busy } = times.figures(until);
      const area = (kind: 'booting' | 'idle' | 'busy'): number =>
        points.reduce((sum, point, i) => sum + (point[kind] * ((points[i + 1]?.at ?? until) - point.at)) / 1000, 0);
      expect([area('booting'), area('idle'), area('busy')]).toEqual(
        [boot, idle, busy].map((sum) => expect.closeTo(sum, 3)),
      );
      for (const point of points) {
        expect(point.booting + point.idle + point.busy).toBeLessThanOrEqual(all.peakRunners() + 1e-9);
      }
    }),
  );
});
