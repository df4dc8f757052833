import { expect, test } from '@jest/globals';
import { groupedBy } from '../../core/grouped-by.ts';
import { chance } from '../engine/chance.ts';
import { syntheticWorkload } from './synthetic-workload.ts';
import type { PlannedJob } from './workload.ts';

const workload = (name: string, jobs: number) =>
  syntheticWorkload(name, { jobs, chance: chance(7), labelSets: [['self-hosted', 'linux', 'x64']] });

const jobsOf = (name: string, jobs: number): readonly PlannedJob[] => [...workload(name, jobs).jobs()];

const share = (jobs: readonly PlannedJob[], isOne: (job: PlannedJob) => unknown): number =>
  jobs.filter(isOne).length / jobs.length;

/** How many jobs come in each hour of the calendar, by weekday and hour: `Mon 02`. */
function byHour(name: string, jobs: number): ReadonlyMap<string, number> {
  const { startAt, jobs: read } = workload(name, jobs);
  const counts = new Map<string, number>();
  for (const { atSeconds } of read()) {
    const at = new Date(startAt + atSeconds * 1_000);
    const hour = `${at.toUTCString().slice(0, 3)} ${at.toISOString().slice(11, 13)}`;
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  return counts;
}

/** Jobs that come at the same moment, as groups. */
const groupsOf = (jobs: readonly PlannedJob[]): readonly (readonly PlannedJob[])[] => [
  ...groupedBy(jobs, ({ atSeconds }) => atSeconds).values(),
];

test('a push has 1 to 256 jobs, of one repository and with the same labels', () => {
  const groups = groupsOf(jobsOf('matrix-bursts', 50_000));
  const sizes = groups.map(({ length }) => length);
  expect(Math.min(...sizes)).toBe(1);
  expect(Math.max(...sizes)).toBeGreaterThan(200);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(256);
  const origins = groups.map((jobs) => new Set(jobs.map(({ repo, labels }) => `${repo} ${labels}`)).size);
  expect(Math.max(...origins)).toBe(1);
});

test('a few jobs are several pushes as well', () => {
  expect(groupsOf(jobsOf('matrix-bursts', 20)).length).toBeGreaterThan(3);
});

test('half of a day’s jobs come from 02:00 on, most of them in ten minutes', () => {
  const counts = byHour('nightly-spike', 48_000);
  const spike = (counts.get('Mon 02') ?? 0) / 24_000;
  expect(spike).toBeGreaterThan(0.45);
  expect(spike).toBeLessThan(0.6);
  expect(counts.get('Mon 14')).toBeLessThan(700);
});

test('the spike is there even in a run of a few jobs', () => {
  const { startAt, jobs } = workload('nightly-spike', 30);
  const spikeSeconds = (Date.UTC(2026, 0, 5, 2) - startAt) / 1_000;
  expect(share([...jobs()], ({ atSeconds }) => atSeconds >= spikeSeconds)).toBeGreaterThan(0.3);
});

test('on Monday from 08 to 11 more and more jobs come, and hardly any on a weekend', () => {
  const counts = byHour('monday-morning', 168_000);
  const of = (hour: string): number => counts.get(hour) ?? 0;
  const ramp = ['Mon 07', 'Mon 08', 'Mon 09', 'Mon 10'].map(of);
  expect(ramp).toEqual(ramp.toSorted((a, b) => a - b));
  expect(of('Mon 10')).toBeGreaterThan(1.5 * of('Tue 10'));
  expect(of('Tue 10')).toBeGreaterThan(5 * of('Tue 03'));
  expect(of('Tue 10')).toBeGreaterThan(8 * of('Sat 10'));
});

test('part of the jobs wait for an approval, for minutes and for hours', () => {
  const jobs = jobsOf('approval-gates', 20_000);
  expect(share(jobs, ({ blockedSeconds }) => blockedSeconds)).toBeCloseTo(0.4, 1);
  const waits = jobs.flatMap(({ blockedSeconds = [] }) => blockedSeconds);
  expect(Math.min(...waits)).toBe(60);
  expect(Math.max(...waits)).toBeGreaterThan(3 * 3_600);
});

test('a good part is cancelled, some before any machine is there and some on it', () => {
  const jobs = jobsOf('cancellations', 20_000);
  expect(share(jobs, ({ cancelAfterSeconds: after }) => after !== undefined)).toBeCloseTo(0.5, 1);
  expect(share(jobs, ({ cancelAfterSeconds: after = 999 }) => after <= 30)).toBeGreaterThan(0.2);
  expect(
    share(jobs, ({ cancelAfterSeconds: after, durationSeconds }) => after && after > 60 && after < durationSeconds),
  ).toBeGreaterThan(0.05);
});

test('a few jobs run for many hours, and most for minutes', () => {
  const jobs = jobsOf('long-tails', 20_000);
  const isLong = ({ durationSeconds }: PlannedJob) => durationSeconds > 3 * 3_600;
  expect(share(jobs, isLong)).toBeGreaterThan(0.003);
  expect(share(jobs, isLong)).toBeLessThan(0.02);
  expect(share(jobs, ({ durationSeconds }) => durationSeconds < 600)).toBeGreaterThan(0.7);
});

test('steady is as busy by day as by night', () => {
  const counts = [...byHour('steady', 24_000).values()].slice(0, 23);
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1_150);
});

test('mixed has something of each', () => {
  const jobs = jobsOf('mixed', 50_000);
  expect(Math.max(...groupsOf(jobs).map(({ length }) => length))).toBeGreaterThan(100);
  expect(share(jobs, ({ blockedSeconds }) => blockedSeconds)).toBeGreaterThan(0.03);
  expect(share(jobs, ({ cancelAfterSeconds }) => cancelAfterSeconds)).toBeGreaterThan(0.03);
  expect(share(jobs, ({ durationSeconds }) => durationSeconds > 3 * 3_600)).toBeGreaterThan(0);
  const counts = byHour('mixed', 50_000);
  expect(counts.get('Mon 02')).toBeGreaterThan(1.5 * (counts.get('Mon 04') ?? 0));
});
