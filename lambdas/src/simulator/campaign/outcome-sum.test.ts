import { expect, test } from '@jest/globals';
import { drawPlan } from '../plan/draw-plan.ts';
import type { Breach } from '../result.ts';
import { runSeed, type SeedOutcome } from '../run-seed.ts';
import { addOutcome, type OutcomeSum } from './outcome-sum.ts';

const scenario = {
  workload: { kind: 'synthetic', jobs: 2 },
  faults: 'none',
  dropWebhooks: 0,
  prices: {},
  only: {},
} as const;
const plain = await runSeed(drawPlan(1, scenario));

const breach = (subject: string): Breach => ({ promise: 'no-job-lost', subject, at: 0, what: 'It waits.' });
const outcome = (seed: number, changes: Partial<SeedOutcome['result']> = {}, limit = 10): SeedOutcome => ({
  ...plain,
  result: { ...plain.result, seed, ...changes },
  limit,
});
const sumOf = (...outcomes: readonly SeedOutcome[]): OutcomeSum | undefined =>
  outcomes.reduce<OutcomeSum | undefined>((sum, one) => addOutcome(sum, one), undefined);

test('one seed keeps all that it broke', () => {
  const sum = sumOf(outcome(4, { breaches: [breach('a'), breach('b')] }));
  expect(sum).toMatchObject({ seeds: 1, failedSeeds: [4], breaches: [{ seed: 4, subject: 'a' }, { subject: 'b' }] });
});

test('of several seeds each tells the first of what it broke', () => {
  const broken = [breach('a'), breach('b')];
  const sum = sumOf(outcome(4, { breaches: broken }), outcome(5), outcome(6, { breaches: broken }));
  expect(sum).toMatchObject({ seeds: 3, failedSeeds: [4, 6] });
  expect(sum?.breaches.map(({ seed, subject }) => [seed, subject])).toEqual([
    [4, 'a'],
    [6, 'a'],
  ]);
});

test('every failed seed is named, though not each of a thousand tells its story', () => {
  const sum = sumOf(...Array.from({ length: 100 }, (_, seed) => outcome(seed, { breaches: [breach('a')] })));
  expect(sum?.failedSeeds).toHaveLength(100);
  expect(sum?.breaches).toHaveLength(20);
});

test('counts add up, the highest peak and the widest limit stay', () => {
  const sum = sumOf(
    outcome(1, { peakRunners: 3 }, 5),
    outcome(2, { peakRunners: 9 }, 7),
    outcome(3, { peakRunners: 4 }),
  );
  expect(sum).toMatchObject({ tally: { jobs: 6 }, peakRunners: 9, limit: 10 });
  expect(sumOf(outcome(1), outcome(2, {}, -1), outcome(3))?.limit).toBe(-1);
});
