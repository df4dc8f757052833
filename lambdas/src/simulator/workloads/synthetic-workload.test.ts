import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fleet } from '../../../tests/fleet.ts';
import { fleetFor } from '../../core/match.ts';
import { chance } from '../engine/chance.ts';
import { type SyntheticOptions, syntheticWorkload, workloadNames } from './synthetic-workload.ts';
import type { PlannedJob } from './workload.ts';

const labelSets = [
  ['self-hosted', 'linux', 'x64'],
  ['self-hosted', 'linux', 'arm64'],
  ['gpu', 'Größe-XL'],
];

const workload = (name: string, options: Partial<SyntheticOptions> = {}) =>
  syntheticWorkload(name, { jobs: 60, chance: chance(1), labelSets, ...options });

const jobsOf = (name: string, options: Partial<SyntheticOptions> = {}): readonly PlannedJob[] => [
  ...workload(name, options).jobs(),
];

/** Hours until the last one is over, if each had its machine at once. */
const hoursOf = (jobs: readonly PlannedJob[]): number =>
  Math.max(...jobs.map((job) => job.atSeconds + (job.blockedSeconds ?? 0) + job.durationSeconds)) / 3_600;

const share = (jobs: readonly PlannedJob[], isOne: (job: PlannedJob) => unknown): number =>
  jobs.filter(isOne).length / jobs.length;

test('the first name is the one for everyday use', () => {
  expect(workloadNames[0]).toBe('mixed');
  expect(new Set(workloadNames).size).toBe(8);
});

const anyName = fc.constantFrom(...workloadNames);

test('whatever the seed, jobs are as many as asked for, in order, and last for some time', () => {
  fc.assert(
    fc.property(anyName, fc.integer(), fc.integer({ min: 1, max: 3_000 }), (name, seed, jobs) => {
      const all = jobsOf(name, { jobs, chance: chance(seed) });
      expect(all).toHaveLength(jobs);
      const moments = all.map(({ atSeconds }) => atSeconds);
      expect(moments).toEqual(moments.toSorted((one, other) => one - other));
      expect(moments[0]).toBeGreaterThanOrEqual(0);
      const spans = all.flatMap((job) => [job.durationSeconds, job.blockedSeconds ?? 1, job.cancelAfterSeconds ?? 1]);
      expect(Math.min(...spans)).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

test('a workload that is read twice, or made twice, tells the same; another seed tells something else', () => {
  fc.assert(
    fc.property(anyName, fc.integer(), (name, seed) => {
      const one = workload(name, { chance: chance(seed) });
      const [first, again] = [[...one.jobs()], [...one.jobs()]];
      expect(again).toEqual(first);
      expect(jobsOf(name, { chance: chance(seed) })).toEqual(first);
      expect(jobsOf(name, { chance: chance(seed + 1) })).not.toEqual(first);
    }),
    { numRuns: 40 },
  );
});

test('two readers of one workload do not disturb each other', () => {
  const one = workload('mixed');
  const reader = one.jobs()[Symbol.iterator]();
  reader.next();
  const all = [...one.jobs()];
  expect(reader.next().value).toEqual(all[1]);
});

test('what was drawn before has no influence', () => {
  const used = chance(1);
  used.fraction();
  expect(jobsOf('mixed', { chance: used })).toEqual(jobsOf('mixed'));
});

test.each(workloadNames)('every job of %s is run by some fleet', (name) => {
  const fleets = labelSets.map((labels, place) => fleet({ name: `fleet-${place}`, labels }));
  const isRun = ({ labels, repo }: PlannedJob) =>
    fleetFor({ labels, ref: { repo, id: '1', attempt: 1 }, owner: 'acme' }, fleets);
  expect(share(jobsOf(name, { jobs: 2_000 }), isRun)).toBe(1);
});

test.each(workloadNames)('%s asks for the first fleet most, and now and then writes labels in its own way', (name) => {
  const jobs = jobsOf(name, { jobs: 20_000 });
  const isAsConfigured = ({ labels }: PlannedJob) => labelSets.some((set) => set.join() === labels.join());
  expect(share(jobs, isAsConfigured)).toBeGreaterThan(0.7);
  expect(share(jobs, isAsConfigured)).toBeLessThan(0.9);
  const first = share(jobs, ({ labels }) => labels.join() === labelSets[0]?.join());
  expect(first).toBeGreaterThan(0.45);
  expect(share(jobs, ({ labels }) => labels.join() === 'GPU,GRößE-XL')).toBeGreaterThan(0);
});

test.each(workloadNames)('a few jobs of %s are over in an hour or two', (name) => {
  const seeds = Array.from({ length: 50 }, (_, seed) => seed);
  const hours = [10, 60].flatMap((jobs) => seeds.map((seed) => hoursOf(jobsOf(name, { jobs, chance: chance(seed) }))));
  expect(Math.max(...hours)).toBeLessThan(2.5);
});

test.each(workloadNames.filter((name) => name !== 'monday-morning'))(
  '100,000 jobs of %s take about four days',
  (name) => {
    const last = jobsOf(name, { jobs: 100_000 }).at(-1)?.atSeconds ?? 0;
    expect(last / 3_600).toBeGreaterThan(80);
    expect(last / 3_600).toBeLessThan(120);
  },
);

test('two weeks of monday-morning are two weeks of a thousand jobs an hour', () => {
  const last = jobsOf('monday-morning', { jobs: 2 * 168 * 1_000 }).at(-1)?.atSeconds ?? 0;
  expect(last / 3_600 / 168).toBeCloseTo(2, 1);
});

test('the load is what was asked for', () => {
  const last = jobsOf('steady', { jobs: 20_000, jobsAnHour: 5_000 }).at(-1)?.atSeconds ?? 0;
  expect(last / 3_600).toBeCloseTo(4, 0);
});

test('half of the jobs take three minutes or less, and the mean is five', () => {
  const seconds = jobsOf('steady', { jobs: 50_000 })
    .map((job) => job.durationSeconds)
    .sort((a, b) => a - b);
  expect(seconds[25_000]).toBeGreaterThan(170);
  expect(seconds[25_000]).toBeLessThan(190);
  const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  expect(mean).toBeGreaterThan(280);
  expect(mean).toBeLessThan(320);
});

test('the first repositories are the busy ones', () => {
  const jobs = jobsOf('steady', { jobs: 5_000, repositories: ['a/busy', 'a/quiet'] });
  expect(share(jobs, ({ repo }) => repo === 'a/busy')).toBeGreaterThan(0.65);
});

test.each([
  ['no such name', 'stedy', {}, 'Did you mean steady?'],
  ['no such name at all', 'chaos-monkey', {}, 'Write one of: mixed, matrix-bursts'],
  ['no jobs', 'steady', { jobs: 0 }, 'jobs is 0: write a whole number from 1 on'],
  ['half a job', 'steady', { jobs: 0.5 }, 'jobs is 0.5'],
  ['no number of jobs', 'steady', { jobs: Number.NaN }, 'jobs is NaN'],
  ['no load', 'steady', { jobsAnHour: 0 }, 'jobsAnHour is 0: write a number above 0'],
  ['an endless load', 'steady', { jobsAnHour: Number.POSITIVE_INFINITY }, 'jobsAnHour is Infinity'],
  ['no fleets', 'steady', { labelSets: [] }, 'labelSets: write the labels'],
  ['a fleet without labels', 'steady', { labelSets: [['linux'], []] }, 'labelSets: write the labels'],
  ['no repositories', 'steady', { repositories: [] }, 'repositories is empty'],
] as const)('%s is refused, with what to write', (_, name, options, sentence) => {
  expect(() => workload(name, options)).toThrow(sentence);
});
