import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cost } from './cost.ts';
import {
  at,
  ending,
  gone,
  jobEnded,
  jobStarted,
  launched,
  online,
  running,
  stories,
  type Told,
  tell,
} from './testbed.ts';

const onDemand = { market: 'on-demand', dollarsAnHour: 3.6 } as const;
const spot = { market: 'spot', dollarsAnHour: 0.9 } as const;

function costOf(until: number, ...story: readonly Told[]) {
  const all = cost(() => 3.6);
  tell(all.hear, ...story);
  return all.figures(at(until));
}

test('a machine costs from running to the beginning of its end, by the second', () => {
  const story: readonly Told[] = [
    [0, launched('i-1', onDemand)],
    [10, running('i-1')],
    [110, ending('i-1')],
    [170, gone('i-1')],
  ];
  expect(costOf(900, ...story)).toEqual({ spot: 0, onDemand: expect.closeTo(0.1, 9), idle: 0, savedBySpot: 0 });
});

test('a Spot machine saves what it would have cost on demand, less what it did', () => {
  const story: readonly Told[] = [
    [0, launched('i-1', spot)],
    [0, running('i-1')],
    [1_000, gone('i-1')],
  ];
  const { onDemand: _, ...rest } = costOf(1_000, ...story);
  expect(rest).toEqual({ spot: expect.closeTo(0.25, 9), savedBySpot: expect.closeTo(0.75, 9), idle: 0 });
});

test('the price on demand is that of its own type', () => {
  const all = cost((type) => (type === 'c7i.xlarge' ? 7.2 : 3.6));
  tell(all.hear, [0, launched('i-1', { ...spot, type: 'c7i.xlarge' })], [0, running('i-1')], [1_000, gone('i-1')]);
  expect(all.figures(at(1_000)).savedBySpot).toBeCloseTo(1.75, 9);
});

test('a machine that ran for seconds costs a minute, and one that never ran nothing', () => {
  const short: readonly Told[] = [
    [0, launched('i-1', onDemand)],
    [5, running('i-1')],
    [8, ending('i-1')],
  ];
  const never: readonly Told[] = [
    [8, launched('i-2', onDemand)],
    [9, ending('i-2')],
    [40, gone('i-2')],
  ];
  expect(costOf(900, ...short, ...never).onDemand).toBeCloseTo(0.06, 9);
});

test('idle is what runs between jobs, and ends when the bill does', () => {
  const story: readonly Told[] = [
    [0, launched('i-1', onDemand)],
    [0, running('i-1')],
    [30, online('i-1')],
    [50, jobStarted('job', 'i-1')],
    [150, jobEnded('job', 'i-1')],
    [180, ending('i-1')],
    [280, gone('i-1')],
  ];
  expect(costOf(900, ...story)).toMatchObject({ onDemand: expect.closeTo(0.18, 9), idle: expect.closeTo(0.05, 9) });
});

test('a machine that lives is billed up to now, and asking changes nothing', () => {
  const all = cost(() => 3.6);
  tell(all.hear, [0, launched('i-1', onDemand)], [0, running('i-1')], [100, online('i-1')]);
  expect(all.figures(at(200))).toMatchObject({ onDemand: expect.closeTo(0.2, 9), idle: expect.closeTo(0.1, 9) });
  expect(all.figures(at(300))).toMatchObject({ onDemand: expect.closeTo(0.3, 9), idle: expect.closeTo(0.2, 9) });
});

test('whatever happens, idle costs no more than everything, and nothing goes down', () => {
  fc.assert(
    fc.property(stories, (story) => {
      const all = cost(() => 0.096);
      let before = all.figures(at(0));
      for (const told of story) {
        tell(all.hear, told);
        const now = all.figures(at(told[0]));
        for (const part of ['spot', 'onDemand', 'idle', 'savedBySpot'] as const) {
          expect(now[part]).toBeGreaterThanOrEqual(before[part] - 1e-9);
        }
        expect(now.idle).toBeLessThanOrEqual(now.spot + now.onDemand + 1e-9);
        before = now;
      }
    }),
  );
});
