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

test('whatever moved the host, and however short before its end the job began', () => {
  for (const reason of ['spot-notice', 'row-gone', 'control-plane-silent', 'left']) {
    const story: readonly Told[] = [
      [9.9, jobStarted('a', 'i-1')],
      [10, { ...ending('i-1'), reason } as Told[1]],
      [10, jobEnded('a', 'i-1', 'killed')],
    ];
    expect(breachesIn(noBusyRunnerEnded, story)).toHaveLength(1);
  }
});
