import { expect, test } from '@jest/globals';
import type { Balance } from './balance.ts';
import { deploymentFigures } from './deployment-figures.ts';
import type { LaneJob } from './lane-view.ts';

const now = 1_000_000;

const aJob = (ageSeconds: number): LaneJob => ({
  key: `job-${ageSeconds}`,
  ref: { repo: 'acme/app', id: '1', attempt: 1 },
  state: 'queued',
  queuedAt: now - ageSeconds * 1000,
  launches: 0,
});

const lane = (fleet: string, fields: Partial<Balance>) => ({
  lane: { fleet, scope: 'org:acme' as const },
  balance: { waiting: [], stuck: [], demand: 0, supply: 0, ...fields },
});

test('ages are those of all jobs that wait, stuck ones too', () => {
  const waiting = Array.from({ length: 19 }, (_, n) => aJob(n + 1));
  const { queueAge } = deploymentFigures([lane('a', { waiting }), lane('b', { stuck: [aJob(500)] })], ['a', 'b'], now);
  expect(queueAge).toEqual({ p50Seconds: 10, p95Seconds: 19, oldestSeconds: 500 });
});

test('a fleet’s lanes are taken together, and one without lanes has figures too', () => {
  const plans = [
    lane('a', { demand: 3, supply: 1, waiting: [aJob(30)] }),
    lane('a', { demand: 1, supply: 2 }),
    lane('removed', { demand: 9, supply: 9 }),
  ];
  const { fleets } = deploymentFigures(plans, ['a', 'idle'], now);
  expect([...fleets]).toEqual([
    ['a', { demand: 4, supply: 3, waitP95Seconds: 30 }],
    ['idle', { demand: 0, supply: 0, waitP95Seconds: 0 }],
  ]);
});
