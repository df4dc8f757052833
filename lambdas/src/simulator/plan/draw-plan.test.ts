import { describe, expect, test } from '@jest/globals';
import { deployment } from '../../../tests/deployment.ts';
import { parseConfig } from '../../core/parse-config.ts';
import { everyFault } from '../faults/every-fault.ts';
import type { RunPlan } from '../run-plan.ts';
import { drawPlan } from './draw-plan.ts';
import { exampleConfig } from './example-config.ts';
import type { Scenario } from './scenario.ts';

const calm: Scenario = { workload: { kind: 'synthetic' }, faults: 'none', dropWebhooks: 0, prices: {}, only: {} };
const heavy: Scenario = { ...calm, faults: 'heavy' };
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

/** With its jobs, which a comparison of functions would not see. */
const told = ({ workload, ...plan }: RunPlan) => ({ ...plan, name: workload.name, jobs: [...workload.jobs()] });

describe('a seed', () => {
  test('draws the same plan each time', () => {
    for (const seed of [0, 1, 2 ** 32 - 1]) {
      expect(told(drawPlan(seed, heavy))).toEqual(told(drawPlan(seed, heavy)));
    }
    expect(told(drawPlan(1, heavy))).not.toEqual(told(drawPlan(2, heavy)));
  });

  test('draws configurations that people could have, in which every machine can come in time', () => {
    const plans = seeds.map((seed) => drawPlan(seed, heavy));
    for (const { config, bootSeconds } of plans) {
      for (const { runnerBootTimeMinutes, runnersMaximumCount } of config.fleets) {
        expect(runnerBootTimeMinutes * 60).toBeGreaterThan(2 * bootSeconds);
        expect(runnersMaximumCount).not.toBe(0);
      }
    }
    const fleets = plans.flatMap(({ config }) => config.fleets);
    expect(new Set(fleets.map(({ ephemeral }) => ephemeral)).size).toBe(2);
    expect(new Set(fleets.map(({ scope }) => scope))).toEqual(new Set(['org', 'repo']));
    expect(fleets.some(({ poolConfig }) => poolConfig.length > 0)).toBe(true);
    expect(fleets.some(({ idleConfig }) => idleConfig.length > 0)).toBe(true);
    expect(new Set(plans.map(({ config }) => config.fleets.length))).toEqual(new Set([1, 2, 3]));
    expect(new Set(plans.map(({ workload }) => workload.name)).size).toBeGreaterThan(5);
  });

  test('lets faults act as long as jobs come', () => {
    for (const seed of seeds.slice(0, 50)) {
      const { workload, safetySeconds } = drawPlan(seed, heavy);
      const ends = [...workload.jobs()].map(({ atSeconds, blockedSeconds = 0 }) => atSeconds + blockedSeconds);
      expect(safetySeconds).toBeGreaterThan(Math.max(...ends));
    }
  });
});

describe('without faults', () => {
  const plan = drawPlan(7, calm);

  test('nothing is drawn but the jobs: the example serves them, in a world that is well', () => {
    const { config, faults, workload, safetySeconds } = plan;
    expect({ config, faults: faults.size, name: workload.name, jobs: workload.count, safetySeconds }).toEqual({
      config: exampleConfig(),
      faults: 0,
      name: 'mixed',
      jobs: 1000,
      safetySeconds: 0,
    });
  });

  test('done jobs are forgotten after half a day, as no event comes again; with faults they are kept', () => {
    expect(plan.timing.tombstoneSeconds).toBe(43_200);
    expect(drawPlan(7, { ...calm, faults: ['events-lost'] }).timing.tombstoneSeconds).toBe(604_800);
  });
});

describe('what was asked for', () => {
  const config = parseConfig(deployment());
  const asked: Scenario = {
    ...heavy,
    config,
    workload: { kind: 'synthetic', name: 'steady', jobs: 5 },
    apps: 3,
    bootSeconds: 12.5,
    dropWebhooks: 0.5,
    prices: { 'm7i.large': 1 },
  };

  test('is not drawn', () => {
    const { workload, apps, ...plan } = drawPlan(3, asked);
    expect(plan).toMatchObject({ config, bootSeconds: 12.5, dropWebhooks: 0.5, prices: { 'm7i.large': 1 } });
    expect([workload.name, workload.count, apps.length]).toEqual(['steady', 5, 3]);
  });

  test('with a configuration, the seed draws its jobs and faults alone', () => {
    const plans = seeds.slice(0, 20).map((seed) => drawPlan(seed, { ...heavy, config }));
    for (const { apps, bootSeconds, invocationsAtOnce, tablePageLimit } of plans) {
      expect([apps.length, bootSeconds, invocationsAtOnce, tablePageLimit]).toEqual([1, 30, 10, 1000]);
    }
    expect(new Set(plans.map(({ workload }) => workload.count)).size).toBeGreaterThan(5);
  });

  test('a trace brings its own jobs', () => {
    const text = 'queued_at,duration_s,labels,repo\n2026-03-02T08:00:00Z,60,linux,acme/app\n';
    const { workload } = drawPlan(3, { ...asked, workload: { kind: 'trace', text, fileName: 'jobs.csv' } });
    expect(workload.name).toBe('jobs.csv');
    expect([...workload.jobs()]).toHaveLength(1);
  });

  test('jobs are of the repositories that the configuration serves', () => {
    const { fleets } = config;
    const owned = { ...config, fleets: fleets.map((fleet) => ({ ...fleet, owners: ['umbrella', 'acme/app'] })) };
    const { workload } = drawPlan(3, { ...asked, config: owned, workload: { kind: 'synthetic', jobs: 50 } });
    for (const { repo } of workload.jobs()) expect(repo).toMatch(/^(umbrella\/.+|acme\/app)$/);
  });
});

describe('faults', () => {
  test('of names are there at their hardest', () => {
    expect([...drawPlan(1, { ...calm, faults: ['events-lost', 'calls-fail'] }).faults]).toEqual([
      ['events-lost', 1],
      ['calls-fail', 1],
    ]);
  });

  test.each([
    ['light', 1 / 3, 0.05, 0.2],
    ['heavy', 1 / 2, 0.2, 1],
  ] as const)('that are %s are a share of all, each with an intensity of its own', (faults, share, least, most) => {
    const drawn = seeds.map((seed) => drawPlan(seed, { ...calm, faults }).faults);
    const intensities = drawn.flatMap((each) => [...each.values()]);
    expect(intensities.length / seeds.length / everyFault.length).toBeCloseTo(share, 1);
    expect(Math.min(...intensities)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...intensities)).toBeLessThanOrEqual(most);
    expect(new Set(drawn.flatMap((each) => [...each.keys()]))).toEqual(new Set(everyFault.map(({ name }) => name)));
  });
});

describe('a part of a run', () => {
  const whole = drawPlan(11, heavy);
  const [first = '', ...others] = [...whole.faults.keys()];
  const part = drawPlan(11, {
    ...heavy,
    only: { jobs: [2, 4, 9_999], faults: [first, 'no-such'], jobSecondsLimit: 10 },
  });

  test('has those jobs of the whole, and none longer than that', () => {
    const jobs = [...whole.workload.jobs()];
    const expected = [jobs[1], jobs[3]].map((job) => ({
      ...job,
      durationSeconds: Math.min(10, job?.durationSeconds ?? 0),
    }));
    expect([...part.workload.jobs()]).toEqual(expected);
    expect(part.workload.count).toBe(2);
  });

  test('has those of its faults, as hard as before', () => {
    expect(others.length).toBeGreaterThan(0);
    expect([...part.faults]).toEqual([[first, whole.faults.get(first)]]);
  });

  test('is the whole in all else', () => {
    const { workload: _, faults: __, ...rest } = whole;
    expect(part).toMatchObject(rest);
  });
});
