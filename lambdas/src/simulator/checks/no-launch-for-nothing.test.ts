import { describe, expect, test } from '@jest/globals';
import { fleet } from '../../../tests/fleet.ts';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import type { FleetConfig } from '../../core/config.ts';
import {
  delivered,
  ending,
  jobEnded,
  jobQueued,
  jobStarted,
  launched,
  looked,
  type Told,
} from '../measures/testbed.ts';
import { noLaunchForNothing } from './no-launch-for-nothing.ts';

/** Late enough for every launch before it to be judged. */
const later: Told = [10_000, looked()];
const assigned = (job: string, instance: string): Told[1] => ({
  ...{ kind: 'job-assigned', job, instance, runner: `runner-${instance}` },
});
const decided = (instance: string): Told[1] => ({
  ...{ kind: 'log', by: 'scale-up', message: 'intent', fields: { launchId: `launch-${instance}` } },
});
const subjects = (story: readonly Told[], run = aRun()): readonly string[] =>
  breachesIn(noLaunchForNothing, [...story, later], { run }).map(({ subject }) => subject);

describe('a lane launches too much', () => {
  test('where two machines come for one job', () => {
    const story: readonly Told[] = [
      [0, jobQueued('a')],
      [5, launched('i-1')],
      [6, launched('i-2')],
    ];
    expect(breachesIn(noLaunchForNothing, [...story, later])).toMatchObject([
      { promise: 'nothing-leaked', subject: 'i-2', what: expect.stringContaining('1 were wanted') },
    ]);
  });

  test('where one comes for a job that was done, and we had heard so', () => {
    const done = delivered('a', { state: 'done', status: 200 });
    const story: readonly Told[] = [
      [0, jobQueued('a')],
      [20, jobEnded('a', undefined, 'cancelled')],
      [22, done],
    ];
    // Who decided by what it read before may need all of its function's time.
    expect(subjects([...story, [140, decided('i-1')], [145, launched('i-1')]])).toEqual([]);
    expect(subjects([...story, [145, decided('i-1')], [150, launched('i-1')]])).toEqual(['i-1']);
  });

  test('where nobody said when one was decided on, and no decision can be that old', () => {
    const story: readonly Told[] = [
      [0, jobQueued('a')],
      [20, jobEnded('a', undefined, 'cancelled')],
      [22, delivered('a', { state: 'done', status: 200 })],
    ];
    expect(subjects([...story, [560, launched('i-1')]])).toEqual([]);
    expect(subjects([...story, [565, launched('i-1')]])).toEqual(['i-1']);
  });

  test('where one comes long after a job of whose end nobody told us: it would have been asked about', () => {
    const story: readonly Told[] = [
      [0, jobQueued('a')],
      [20, jobEnded('a', undefined, 'cancelled')],
    ];
    expect(subjects([...story, [435, decided('i-1')], [440, launched('i-1')]])).toEqual([]);
    expect(subjects([...story, [445, decided('i-1')], [450, launched('i-1')]])).toEqual(['i-1']);
  });
});

describe('a launch is right', () => {
  test('for each job that waits, in its own lane', () => {
    const story: readonly Told[] = [
      [0, jobQueued('a')],
      [0, jobQueued('b')],
      [5, launched('i-1')],
      [5, launched('i-2')],
    ];
    expect(subjects(story)).toEqual([]);
    expect(subjects([...story, [6, launched('i-3', { lane: 'linux/repo:acme/app' })]])).toEqual(['i-3']);
  });

  test('where the one before it works, ends, or is past its boot limit', () => {
    const one: readonly Told[] = [
      [0, jobQueued('a')],
      [5, launched('i-1')],
      [60, jobQueued('b')],
    ];
    const works: readonly Told[] = [
      [61, assigned('a', 'i-1')],
      [62, jobStarted('a', 'i-1')],
      [500, launched('i-2')],
    ];
    expect(subjects([...one, ...works])).toEqual([]);
    expect(
      subjects([
        [0, jobQueued('a')],
        [5, launched('i-1')],
        [90, launched('i-2')],
        [95, ending('i-1')],
      ]),
    ).toEqual([]);
    expect(
      subjects([
        [0, jobQueued('a')],
        [5, launched('i-1')],
        [290, launched('i-2')],
      ]),
    ).toEqual([]);
  });

  test('where the one before it wants to leave, or its registration was removed', () => {
    const sees = { kind: 'log', by: 'host', message: 'host', fields: { instance: 'i-1', sees: 'leaving' } } as const;
    const scope = 'org:acme';
    const made = { kind: 'registration-made', name: 'ci-i-1', scope, instance: 'i-1' } as const;
    const removed = { kind: 'registration-gone', name: 'ci-i-1', scope, by: 'us' } as const;
    for (const why of [sees, removed]) {
      const story: readonly Told[] = [
        [0, jobQueued('a')],
        [5, launched('i-1')],
        [6, made],
        [80, why],
      ];
      expect(subjects([...story, [90, launched('i-2')]])).toEqual([]);
    }
  });

  test('for the pool, and for no more than that', () => {
    const poolConfig = [{ scheduleExpression: 'rate(1 minute)', timeZone: 'UTC', size: 1 }];
    const pooled = fleet({ name: 'linux', labels: ['linux'], poolConfig, poolScope: 'org:acme' });
    const run = aRun({ fleets: () => [pooled] });
    expect(subjects([[5, launched('i-1')]], run)).toEqual([]);
    expect(
      subjects(
        [
          [5, launched('i-1')],
          [6, launched('i-2')],
        ],
        run,
      ),
    ).toEqual(['i-2']);
  });

  test('for a job whose fleet was removed, in the lane where it waits now', () => {
    const [old, next] = ['old', 'linux'].map((name) => fleet({ name, labels: ['linux'] }));
    let fleets = [old, next].flatMap((one) => one ?? []);
    const run = aRun({ fleets: () => fleets });
    const check = noLaunchForNothing(run);
    check.witness(jobQueued('a', { fleet: 'old' }), 0);
    fleets = fleets.slice(1);
    check.witness({ kind: 'configured', fleets: ['linux'] }, 1_000);
    check.witness(launched('i-1'), 2_000);
    check.witness(looked(), 10_000_000);
    expect(check.breaches()).toEqual([]);
  });

  test('for a deleted job whose late event is recorded for the fleet that takes it now', () => {
    const fleets = ['old', 'linux'].map((name) => fleet({ name, labels: ['linux'] }));
    const judged = (deleted: boolean): number => {
      let now = fleets.slice(0, 1);
      const check = noLaunchForNothing(aRun({ fleets: () => now }));
      check.witness(jobQueued('a', { fleet: 'old' }), 0);
      if (deleted) check.witness({ kind: 'fault', fault: 'jobs-deleted', subject: 'a' }, 5_000);
      check.witness(jobEnded('a', undefined, 'cancelled'), 5_000);
      now = fleets.slice(1);
      check.witness({ kind: 'configured', fleets: ['linux'] }, 900_000);
      check.witness(decided('i-1'), 1_100_000);
      check.witness(launched('i-1'), 1_101_000);
      check.witness(looked(), 10_000_000);
      return check.breaches().length;
    };
    expect(judged(true)).toBe(0);
    expect(judged(false)).toBe(1);
  });

  test('for one that ended while it was nobody’s, and that a late event gives to a fleet which came meanwhile', () => {
    const judged = (isHeard: boolean): number => {
      let now: readonly FleetConfig[] = [];
      const check = noLaunchForNothing(aRun({ fleets: () => now }));
      check.witness(jobQueued('a'), 0);
      check.witness(jobEnded('a', undefined, 'cancelled'), 5_000);
      if (isHeard) check.witness(delivered('a', { state: 'done', status: 200 }), 6_000);
      now = [fleet({ name: 'linux', labels: ['linux'], runnerBootTimeMinutes: 15 })];
      check.witness({ kind: 'configured', fleets: ['linux'] }, 400_000);
      check.witness(decided('i-1'), 600_000);
      check.witness(launched('i-1'), 601_000);
      check.witness(looked(), 10_000_000);
      return check.breaches().length;
    };
    expect(judged(false)).toBe(0);
    expect(judged(true)).toBe(1);
  });
});
