import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ageSeconds, type Instant } from '../../core/instant.ts';
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
  running,
  stories,
  type Told,
  tell,
} from './testbed.ts';

function secondsOf(until: number, ...story: readonly Told[]) {
  const all = runnerTime();
  tell(all.hear, ...story);
  return all.figures(at(until));
}

test('a machine boots, idles, works, and idles until it is gone', () => {
  const story: readonly Told[] = [
    [0, launched('i-1')],
    [8, running('i-1')],
    [40, online('i-1')],
    [45, jobStarted('job', 'i-1')],
    [145, jobEnded('job', 'i-1')],
    [150, ending('i-1')],
    [190, gone('i-1')],
  ];
  expect(secondsOf(1_000, ...story)).toEqual({ boot: 40, idle: 50, busy: 100 });
});

test('a runner of many jobs is busy with each of them', () => {
  const story: readonly Told[] = [
    [0, launched('i-1')],
    [40, online('i-1')],
    [50, jobStarted('one', 'i-1')],
    [60, jobEnded('one', 'i-1')],
    [80, jobStarted('two', 'i-1')],
    [95, jobEnded('two', 'i-1')],
    [100, gone('i-1')],
  ];
  expect(secondsOf(100, ...story)).toEqual({ boot: 40, idle: 35, busy: 25 });
});

test('a machine that never came online has booted all its life', () => {
  expect(secondsOf(900, [0, launched('i-1')], [600, ending('i-1')], [640, gone('i-1')])).toMatchObject({ boot: 640 });
});

test('a machine that lives is counted up to now, and asking changes nothing', () => {
  const all = runnerTime();
  tell(all.hear, [0, launched('i-1')], [40, online('i-1')], [50, jobStarted('job', 'i-1')]);
  expect(all.figures(at(60))).toEqual({ boot: 40, idle: 10, busy: 10 });
  expect(all.figures(at(70))).toEqual({ boot: 40, idle: 10, busy: 20 });
});

test('a job that works on while its machine is asked to end is work', () => {
  const story: readonly Told[] = [
    [0, launched('i-1')],
    [40, online('i-1')],
    [40, jobStarted('job', 'i-1')],
    [100, ending('i-1')],
    [130, jobEnded('job', 'i-1', 'spot')],
    [140, gone('i-1')],
  ];
  expect(secondsOf(200, ...story)).toEqual({ boot: 40, idle: 10, busy: 90 });
});

test('a job whose end the forge tells long after its machine is gone was work until then', () => {
  const story: readonly Told[] = [
    [0, launched('i-1')],
    [40, online('i-1')],
    [40, jobStarted('job', 'i-1')],
    [100, gone('i-1')],
    [700, jobEnded('job', 'i-1', 'forge')],
  ];
  expect(secondsOf(900, ...story)).toEqual({ boot: 40, idle: 0, busy: 60 });
});

test('a job that was cancelled after it was handed out, and before it began, ends no work', () => {
  const story: readonly Told[] = [
    [0, launched('i-1')],
    [40, online('i-1')],
    [40, jobQueued('cancelled')],
    [50, jobStarted('job', 'i-1')],
    [60, jobEnded('cancelled', 'i-1', 'cancelled')],
  ];
  expect(secondsOf(100, ...story)).toEqual({ boot: 40, idle: 10, busy: 50 });
});

test('whatever happens, the times add up to the machines’ lives', () => {
  fc.assert(
    fc.property(stories, fc.nat(30_000), (story, until) => {
      const all = runnerTime();
      const told = story.filter(([seconds]) => seconds <= until);
      const lives = new Map<string, [Instant, Instant]>();
      for (const [seconds, fact] of told) {
        if (fact.kind === 'instance-launched') lives.set(fact.instance, [at(seconds), at(until)]);
        if (fact.kind === 'instance-gone') lives.set(fact.instance, [lives.get(fact.instance)?.[0] ?? 0, at(seconds)]);
      }
      tell(all.hear, ...told);
      const { boot, idle, busy } = all.figures(at(until));
      const alive = [...lives.values()].reduce((sum, [from, to]) => sum + ageSeconds(from, to), 0);
      expect(boot + idle + busy).toBeCloseTo(alive, 6);
      expect(Math.min(boot, idle, busy)).toBeGreaterThanOrEqual(0);
    }),
  );
});
