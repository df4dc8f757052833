import { expect, test } from '@jest/globals';
import type { Reduction } from '../../simulator/plan/reduction.ts';
import { placesOf } from '../option-values.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';
import { replayArguments } from './replay.ts';

const named = (only: Reduction = {}, configFile?: string): NamedScenario => ({
  name: 'fleet.json',
  configFile,
  scenario: { workload: { kind: 'synthetic' }, faults: 'none', dropWebhooks: 0, prices: {}, only },
});
const options: SimulateOptions = { seed: 7, seeds: 3, faults: 'none', dropWebhooks: 0 };

test('says what makes the run what it is, and not how it was told', () => {
  const asked = { ...options, workload: 'steady', jobs: 5, faults: ['a', 'b'], dropWebhooks: 0.5, apps: 2 };
  const shown = { json: true, shrink: true, out: 'report.html', threads: 1 } as const;
  expect(replayArguments(named(), { ...asked, ...shown })).toBe(
    '--workload steady --jobs 5 --faults a,b --drop-webhooks 0.5 --apps 2',
  );
  expect(replayArguments(named(), options)).toBe('');
});

test('names files so that a shell reads one word', () => {
  expect(replayArguments(named({}, "my fleet's.json"), { ...options, trace: 'a/b.csv', prices: '$p.json' })).toBe(
    String.raw`--config 'my fleet'\''s.json' --trace a/b.csv --prices '$p.json'`,
  );
});

test.each<[Reduction, string]>([
  [{ jobs: [9, 3, 4, 5, 7] }, '--only-jobs 3-5,7,9'],
  [{ jobs: [] }, '--only-jobs none'],
  [{ faults: ['x', 'y'], jobSecondsLimit: 10 }, '--only-faults x,y --job-seconds-limit 10'],
  [{ faults: [] }, '--only-faults none'],
])('a part of a run, %j, is %s', (only, expected) => {
  expect(replayArguments(named(only), options)).toBe(expected);
});

test('places are read as they are written', () => {
  expect(placesOf('3-5,7,9')).toEqual([3, 4, 5, 7, 9]);
  expect(placesOf('none')).toEqual([]);
});
