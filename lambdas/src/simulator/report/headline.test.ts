import { expect, test } from '@jest/globals';
import { emptyRun, sampleRun } from '../../../tests/browser/report-samples.ts';
import { headlineOf } from './headline.ts';
import type { ReportResult, ReportRun } from './report-input.ts';

const sample = sampleRun();
const noWait = { event: 0, delay: 0, decision: 0, ec2: 0, boot: 0, assignment: 0 };

const runWith = (changes: Partial<ReportResult>): ReportRun => ({
  ...sample,
  result: {
    ...sample.result,
    jobs: 1000,
    ran: 1000,
    cost: { spot: 10, onDemand: 0, idle: 0, savedBySpot: 0 },
    waitStages: { ...noWait, boot: 60_000 },
    ...changes,
  },
});

/** As a reader sees it. */
const titleOf = (...runs: [ReportRun] | [ReportRun, ReportRun]): string =>
  headlineOf(runs).title.replaceAll('\u00a0', ' ');

test('one run is named by its waits', () => {
  const waitSeconds = { p50: 38, p95: 125, p99: 300, max: 400 };
  expect(titleOf(runWith({ waitSeconds }))).toBe('Half of the jobs started within 38 s, 95% within 2 min 05 s');
  expect(titleOf(runWith({ waitSeconds: { ...waitSeconds, p50: 125 } }))).toBe(
    '95% of the jobs started within 2 min 05 s',
  );
  expect(titleOf(runWith({ waitSeconds: { p50: 0, p95: 0, p99: 0, max: 0 } }))).toBe('No job waited');
  expect(titleOf(runWith({ ran: 0 }))).toBe('No job ran');
});

test('jobs that never started are not the same as no jobs', () => {
  expect(headlineOf([runWith({ ran: 0 })]).sentences[0]).toBe(
    'None of 1,000 jobs started, and the machines cost $10.00.',
  );
  expect(headlineOf([emptyRun()]).sentences[0]).toBe('The workload had no job, and the machines cost $0.');
});

test('a broken promise comes before all prices', () => {
  expect(headlineOf([runWith({ lost: 2, busyKills: 1 })]).sentences[0]).toBe('2 of 4 promises were broken.');
  expect(headlineOf([runWith({}), runWith({ overLimit: 1 })]).sentences.at(-1)).toBe('A broke 0 of 4 promises, B 1.');
});

test.each([
  [12, 60_000, 'With B a job costs 20% more and waits the same'],
  [9, 30_000, 'With B a job costs 10% less and waits 50% less'],
  [10.01, 60_100, 'With B a job costs the same and waits the same'],
  [120, 66_000, 'With B a job costs 12 times as much and waits 10% more'],
])('two runs are compared by the price and the wait of a job', (spot, boot, title) => {
  const second = runWith({ cost: { spot, onDemand: 0, idle: 0, savedBySpot: 0 }, waitStages: { ...noWait, boot } });
  expect(titleOf(runWith({}), second)).toBe(title);
});

test('from nothing there are no percents', () => {
  const free = runWith({ cost: { spot: 0, onDemand: 0, idle: 0, savedBySpot: 0 }, waitStages: noWait });
  expect(titleOf(free, runWith({}))).toBe('With B a job costs more and waits more');
  expect(titleOf(free, free)).toBe('With B a job costs the same and waits the same');
});

test('a run without jobs is not compared', () => {
  expect(titleOf(emptyRun(), runWith({}))).toBe('With A no job ran');
  expect(titleOf(runWith({}), emptyRun())).toBe('With B no job ran');
  expect(titleOf(emptyRun(), emptyRun())).toBe('No job ran');
});
