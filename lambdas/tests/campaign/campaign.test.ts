import { expect, test } from '@jest/globals';
import type { OutcomeSum } from '../../src/simulator/campaign/outcome-sum.ts';
import { campaignScenario, neverReached, runCampaign } from './campaign.ts';

test('seeds that failed once are run whatever the time; fresh ones follow until it is over, round the last one', async () => {
  let looks = 0;
  const failed: number[] = [];
  const sum = await runCampaign({
    pastSeeds: [7],
    firstSeed: 2 ** 32 - 1,
    isOver: () => ++looks > 2,
    threads: 1,
    onBreach: ({ seed }) => failed.push(seed),
  });
  expect(sum?.seeds).toBe(3);
  expect(sum?.failedSeeds).toEqual(failed);
  expect(campaignScenario.faults).toBe('heavy');
});

test('what never happened is a failure only where it would have had time to', () => {
  const sum = (seeds: number) =>
    ({ seeds, tally: { sometimes: { 'a race is lost': 0, 'a launch is replayed': 3 } } }) as unknown as OutcomeSum;
  expect(neverReached(sum(1999))).toEqual([]);
  expect(neverReached(sum(2000))).toEqual(['a race is lost']);
});
