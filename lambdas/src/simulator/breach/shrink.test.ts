import { beforeAll, expect, test } from '@jest/globals';
import { hopeless, simulated } from '../../../tests/simulator/simulated.ts';
import type { Breach } from '../result.ts';
import { shrink } from './shrink.ts';

const seed = 3;
let breach: Breach;
beforeAll(async () => {
  const { breaches } = await simulated(seed, hopeless);
  expect(breaches).toHaveLength(4);
  breach = breaches[0] as Breach;
});

test('what is shrunk breaks the same promise, with one job that takes a second', async () => {
  const small = await shrink({ scenario: hopeless, seed, breach, runsLimit: 50 });
  expect(small).toMatchObject({ jobs: 1, faults: [], only: { jobSecondsLimit: 1 } });
  const { breaches } = await simulated(seed, { ...hopeless, only: small.only });
  expect(breaches).toEqual([small.breach]);
});

test('shrinking ends when its runs are used up', async () => {
  const { runs, only } = await shrink({ scenario: hopeless, seed, breach, runsLimit: 1 });
  expect({ runs, only }).toEqual({ runs: 1, only: {} });
});
