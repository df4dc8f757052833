import { expect, test } from '@jest/globals';
import { campaignScenario } from '../campaign/campaign.ts';
import { pastFailures } from '../campaign/past-failures.ts';
import { simulated } from './simulated.ts';

const first = Array.from({ length: 10 }, (_, place) => ({ seed: place + 1, was: 'one of the first' }));

test.each([...pastFailures, ...first])('seed $seed, $was, keeps every promise', async ({ seed }) => {
  expect((await simulated(seed, campaignScenario)).breaches).toEqual([]);
});
