import { expect, test } from '@jest/globals';
import { readTrace } from './read-trace.ts';

const own = { queued_at: '2026-01-05T08:00:00Z', duration_s: 60, labels: ['linux'], repo: 'acme/app' };

/** A job as GitHub lists it, as far as that matters. */
const listed = (id: number, different: Readonly<Record<string, unknown>> = {}) => ({
  id,
  run_id: 9,
  run_url: 'https://api.github.com/repos/acme/app/actions/runs/9',
  url: `https://api.github.com/repos/acme/app/actions/jobs/${id}`,
  html_url: `https://github.com/acme/app/actions/runs/9/job/${id}`,
  status: 'completed',
  conclusion: 'success',
  created_at: '2026-01-05T08:00:00Z',
  started_at: '2026-01-05T08:02:00Z',
  completed_at: '2026-01-05T08:05:00Z',
  labels: ['self-hosted', 'linux'],
  runner_name: 'runner-1',
  ...different,
});

const page = (...jobs: readonly unknown[]) => ({ total_count: jobs.length, jobs });

const read = (text: string) => {
  const trace = readTrace(text, 'ci.json');
  return { jobs: [...trace.jobs()], leftOut: Object.fromEntries(trace.leftOut) };
};
const readListed = (different: Readonly<Record<string, unknown>>) =>
  read(JSON.stringify(page(listed(1), listed(2, different))));

const twoPages = [page(listed(1), listed(2)), page(listed(3))];

test.each([
  ['one page', JSON.stringify(page(listed(1), listed(2), listed(3)))],
  ['a list of pages', JSON.stringify(twoPages)],
  ['a list of lists', JSON.stringify(twoPages.map(({ jobs }) => jobs))],
  ['a page on each line', twoPages.map((one) => JSON.stringify(one)).join('\n')],
  ['a job on each line', `${[1, 2, 3].map((id) => JSON.stringify(listed(id))).join('\r\n')}\r\n`],
  ['pages without anything between them', twoPages.map((one) => JSON.stringify(one)).join('')],
  ['pages in many lines', twoPages.map((one) => JSON.stringify(one, null, 2)).join('\n')],
  ['pages with a byte order mark', `\uFEFF${JSON.stringify(twoPages)}`],
  ['brackets and quotes in names', JSON.stringify(page(listed(1, { name: '}]"\\' }), listed(2), listed(3)))],
])('GitHub’s answers as %s are read', (_, text) => {
  const { jobs, leftOut } = read(text);
  const job = { atSeconds: 0, durationSeconds: 180, labels: ['self-hosted', 'linux'], repo: 'acme/app' };
  expect(jobs).toEqual([job, job, job]);
  expect(leftOut).toEqual({});
});

test('a single job is a trace', () => {
  expect(read(JSON.stringify(own)).jobs).toEqual([
    { atSeconds: 0, durationSeconds: 60, labels: ['linux'], repo: 'acme/app' },
  ]);
});

test('numbers and labels may be written as text', () => {
  const written = { ...own, queued_at: '1767600000', duration_s: '60', labels: 'self-hosted linux', blocked_s: null };
  expect(read(JSON.stringify([written])).jobs).toEqual([
    { atSeconds: 0, durationSeconds: 60, labels: ['self-hosted', 'linux'], repo: 'acme/app' },
  ]);
});

test.each([
  ['was skipped', { conclusion: 'skipped' }],
  ['has no labels, as one that only calls another workflow', { labels: [], runner_name: null }],
  ['had not ended', { status: 'in_progress', conclusion: null, completed_at: null }],
  ['never started', { started_at: null }],
  ['is there twice', { id: 1 }],
  [
    'ended before it was created, as one that a re-run took over',
    { started_at: '2026-01-05T07:00:00Z', completed_at: '2026-01-05T07:10:00Z' },
  ],
  ['started before it was created', { started_at: '2026-01-05T07:59:59Z' }],
  ['ended before it started', { started_at: '2026-01-05T08:06:00Z' }],
])('a job that %s is left out and counted', (why, different) => {
  const { jobs, leftOut } = readListed(different);
  expect(jobs).toHaveLength(1);
  expect(leftOut).toEqual({ [why]: 1 });
});

test('a job that had not ended on one page and has on the next is taken', () => {
  const { jobs, leftOut } = read(JSON.stringify(page(listed(1, { completed_at: null }), listed(1))));
  expect(jobs).toHaveLength(1);
  expect(leftOut).toEqual({ 'had not ended': 1 });
});

test.each([null, ''])('a job that was cancelled before a runner took it waits as long again (runner %j)', (runner) => {
  const { jobs } = readListed({ conclusion: 'cancelled', runner_name: runner });
  expect(jobs[1]).toMatchObject({ durationSeconds: 300, cancelAfterSeconds: 300 });
});

test('a job that was cancelled on its runner ran as long as it did', () => {
  const { jobs } = readListed({ conclusion: 'cancelled' });
  expect(jobs[1]).toEqual(jobs[0]);
});

test('a job of less than a second takes one', () => {
  expect(readListed({ completed_at: '2026-01-05T08:02:00Z' }).jobs[1]?.durationSeconds).toBe(1);
});

test.each([
  ['its own', { repo: 'acme/web' }, 'acme/web'],
  ['its run', { run_url: 'https://ghe.acme.example/api/v3/repos/acme/run/actions/runs/9' }, 'acme/run'],
  ['its job', { run_url: undefined, url: 'https://api.github.com/repos/acme/job/actions/jobs/1' }, 'acme/job'],
  ['its page', { run_url: undefined, url: undefined, html_url: 'https://x.example/acme/page/runs/1' }, 'acme/page'],
])('the repository of a job is %s', (_, different, repo) => {
  expect(readListed(different).jobs[1]?.repo).toBe(repo);
});

test('the forge’s own labels stay: whose jobs they are is the simulation’s affair', () => {
  expect(readListed({ labels: ['ubuntu-latest'] }).jobs[1]?.labels).toEqual(['ubuntu-latest']);
});

const missingLabels = 'write the labels that it asks for';

test.each([
  ['an empty list', '[]', 'ci.json cannot be used as a trace:\n  - It has no jobs; write a row for each.'],
  ['nothing but skipped jobs', JSON.stringify(page(listed(1, { conclusion: 'skipped' }))), '1 × was skipped'],
  ['an empty object', '{}', 'line 1: {} is no job; write { "queued_at": …'],
  ['a list of runs', '{"total_count":1,"workflow_runs":[]}', '/repos/{owner}/{repo}/actions/runs/{run_id}/jobs'],
  ['what is no object', '[null, 7]', '[0]: null is no job'],
  ['lists too deep', '[[[[]]]]', '[0][0][0]: these lists are nested too deep'],
  ['cut off', JSON.stringify([own]).slice(0, -5), 'line 1: this is not JSON; correct it:'],
  ['a line cut off', `${JSON.stringify(own)}\n{"queued_at": `, 'line 2: this is not JSON; correct it:'],
  ['text behind', `${JSON.stringify([own])}\nthe end`, 'line 2: this is not JSON; correct it:'],
  ['no labels', JSON.stringify([own, { ...own, labels: undefined }]), `[1]: labels is missing; ${missingLabels}`],
  ['empty labels', JSON.stringify({ jobs: [{ ...own, labels: [] }] }), `jobs[0]: labels is []; ${missingLabels}`],
  ['a bad number', JSON.stringify([{ ...own, duration_s: -1 }]), '[0]: duration_s is -1; write how many seconds'],
  ['bad in a line', `${JSON.stringify(own)}\n${JSON.stringify({ ...own, repo: 7 })}`, 'line 2: repo is 7; write'],
  [
    'bad in a page',
    `${JSON.stringify(page())}${JSON.stringify({ jobs: [{ ...own, repo: 7 }] })}`,
    'line 1 jobs[0]: repo',
  ],
  ['no time', JSON.stringify(page(listed(1, { created_at: undefined }))), 'jobs[0]: created_at is missing; write when'],
  ['a bad time', JSON.stringify(page(listed(1, { created_at: 'x' }))), 'jobs[0]: created_at is "x"; write when'],
  [
    'a bad end',
    JSON.stringify(page(listed(1, { completed_at: 'x' }))),
    'completed_at is "x"; write the time that GitHub',
  ],
  [
    'no repository',
    JSON.stringify(page(listed(1, { run_url: 7, url: null, html_url: 'x' }))),
    'jobs[0]: repo is missing; write its repository as owner/name.',
  ],
])('%s: refused, with what to write', (_, text, sentence) => {
  expect(() => read(text)).toThrow(sentence);
});
