import { expect, test } from '@jest/globals';
import { breachesIn } from '../../../tests/simulator/checked-story.ts';
import { ending, jobEnded, jobStarted, type Told } from '../measures/testbed.ts';
import { noBusyRunnerEnded } from './no-busy-runner-ended.ts';

test('a job whose machine we ended tells who did, and why', () => {
  const story: readonly Told[] = [
    [0, ending('i-1')],
    [0, jobEnded('a', 'i-1', 'killed')],
  ];
  expect(breachesIn(noBusyRunnerEnded, story)).toMatchObject([
    { promise: 'no-busy-runner-ended', subject: 'a', what: expect.stringContaining('itself: job-done') },
  ]);
});

test('one that ended by itself, by Spot or by the forge is not our doing', () => {
  for (const how of ['finished', 'spot', 'forge', 'cancelled'] as const) {
    expect(
      breachesIn(noBusyRunnerEnded, [
        [0, ending('i-1')],
        [0, jobEnded('a', 'i-1', how)],
      ]),
    ).toEqual([]);
  }
});

test('nor is one whose machine Spot was about to take', () => {
  const noticed: Told = [0, { ...ending('i-1'), reason: 'spot-notice' } as Told[1]];
  expect(breachesIn(noBusyRunnerEnded, [noticed, [0, jobEnded('a', 'i-1', 'killed')]])).toEqual([]);
});

test('nor is one that began in the moment in which a host that nobody hears ends; a moment later it is', () => {
  const story = (began: number, reason: string): readonly Told[] => [
    [began, jobStarted('a', 'i-1')],
    [10, { ...ending('i-1'), reason } as Told[1]],
    [10, jobEnded('a', 'i-1', 'killed')],
  ];
  for (const reason of ['row-gone', 'control-plane-silent']) {
    expect(breachesIn(noBusyRunnerEnded, story(8.5, reason))).toEqual([]);
    expect(breachesIn(noBusyRunnerEnded, story(7, reason))).toHaveLength(1);
  }
  expect(breachesIn(noBusyRunnerEnded, story(8.5, 'left'))).toHaveLength(1);
});
