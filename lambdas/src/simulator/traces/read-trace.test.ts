import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PlannedJob } from '../workloads/workload.ts';
import { readTrace } from './read-trace.ts';
import { TraceError } from './trace-error.ts';

const jobsOf = (text: string): readonly PlannedJob[] => [...readTrace(text, 'ci.csv').jobs()];

interface Row {
  readonly queuedAt: number;
  readonly duration: number;
  readonly labels: readonly string[];
  readonly repo: string;
}

const anyRow: fc.Arbitrary<Row> = fc.record({
  queuedAt: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) }),
  duration: fc.integer({ min: 1, max: 1_000_000 }).map((tenths) => tenths / 10),
  labels: fc.array(fc.constantFrom('self-hosted', 'Linux', 'x64', 'größe'), { minLength: 1, maxLength: 4 }),
  repo: fc.constantFrom('acme/app', 'acme/api'),
});

const asCsv = (rows: readonly Row[]): string =>
  [
    'queued_at,duration_s,labels,repo',
    ...rows.map((row) => `${new Date(row.queuedAt).toISOString()},${row.duration},${row.labels.join(' ')},${row.repo}`),
  ].join('\n');

const objectOf = ({ queuedAt, duration, labels, repo }: Row) => ({
  queued_at: queuedAt / 1_000,
  duration_s: duration,
  labels,
  repo,
});

test('every row is told, in order, at its own time, and again when asked again', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { minLength: 1, maxLength: 50 }), (rows) => {
      const trace = readTrace(asCsv(rows), 'ci.csv');
      const sorted = rows.toSorted((one, other) => one.queuedAt - other.queuedAt);
      const jobs = [...trace.jobs()];
      expect(trace.count).toBe(rows.length);
      expect(jobs.map(({ atSeconds }) => Math.round(trace.startAt + atSeconds * 1_000))).toEqual(
        sorted.map(({ queuedAt }) => queuedAt),
      );
      expect(jobs.map(({ labels, repo, durationSeconds: duration }) => ({ labels, repo, duration }))).toEqual(
        sorted.map(({ labels, repo, duration }) => ({ labels, repo, duration })),
      );
      expect([...trace.jobs()]).toEqual(jobs);
    }),
  );
});

test('CSV, a JSON list and JSON lines of the same jobs are the same', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { minLength: 1, maxLength: 20 }), (rows) => {
      const objects = rows.map(objectOf);
      const jobs = jobsOf(asCsv(rows));
      const lines = objects.map((object) => JSON.stringify(object));
      for (const text of [JSON.stringify(objects), JSON.stringify({ jobs: objects }, null, 2), lines.join('\n')]) {
        expect(jobsOf(text)).toEqual(jobs);
      }
    }),
  );
});

test('whatever the text, the answer is a trace or a TraceError', () => {
  const fragment = fc.constantFrom('"', ',', '\n', '{', '}', '[', ']', ':', '\\', '0', 'queued_at', '"jobs"', '\uFEFF');
  fc.assert(
    fc.property(fc.array(fc.oneof(fragment, fc.string({ maxLength: 3 })), { maxLength: 40 }), (fragments) => {
      for (const head of ['', 'queued_at,duration_s,labels,repo\n']) {
        let thrown: unknown;
        try {
          readTrace(head + fragments.join(''), 'ci.csv');
        } catch (error) {
          thrown = error;
        }
        expect(thrown === undefined || thrown instanceof TraceError).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the calendar begins with the minute of the first job, so that schedules mean what they meant', () => {
  const text = 'queued_at,duration_s,labels,repo\n2026-03-01T02:00:59.500Z,1,a,a/b\n2026-03-01T02:00:30Z,1,a,a/b';
  const trace = readTrace(text, 'ci.csv');
  expect(trace.startAt).toBe(Date.UTC(2026, 2, 1, 2));
  expect([...trace.jobs()].map(({ atSeconds }) => atSeconds)).toEqual([30, 59.5]);
});

test('a trace is called what its file is called', () => {
  expect(readTrace('[{"queued_at":1767600000,"duration_s":2,"labels":["a"],"repo":"a/b"}]', 'ci.json').name).toBe(
    'ci.json',
  );
});

const row = (queuedAt: string): string => `${queuedAt},1,a,a/b`;

test('a mistyped year is told, with both rows', () => {
  const text = ['queued_at,duration_s,labels,repo', row('2026-01-05T08:00Z'), row('2062-01-05T08:00Z')].join('\n');
  expect(() => readTrace(text, 'ci.csv')).toThrow(
    'A trace covers at most 366 days, but line 2 is of 2026-01-05 and line 3 is of 2062-01-05; correct the wrong one',
  );
});

test('ten problems are told at once, and how many there are beside them', () => {
  const text = `queued_at,duration_s,labels,repo\n${`${row('soon')}\n`.repeat(25)}`;
  let thrown: unknown;
  try {
    readTrace(text, 'ci.csv');
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(TraceError);
  const { message, problems } = thrown as TraceError;
  expect(problems).toHaveLength(10);
  expect(problems[9]).toMatch(/^line 11: queued_at is "soon"; write when the job was queued/);
  expect(message).toMatch(/^ci.csv cannot be used as a trace:\n {2}- line 2: /);
  expect(message).toMatch(/\n {2}and 15 more\.$/);
});
