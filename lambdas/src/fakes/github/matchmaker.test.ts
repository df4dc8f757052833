import { expect, test } from '@jest/globals';
import { accounts } from './accounts.ts';
import { type JobRecord, jobs } from './jobs.ts';
import { matchmaker } from './matchmaker.ts';
import { type RunnerRecord, runners } from './runners.ts';

const known = accounts('big');
const records = jobs();
const registrations = runners();

const job = (labels: readonly string[], fullName = 'acme/app'): JobRecord => {
  const [owner = '', name = ''] = fullName.split('/');
  const run = records.startRun(known.ensureRepository(owner, name), 0);
  return records.add(run, { labels, seconds: 1, status: 'queued', visibleAt: 0 }, 0);
};

let count = 0;
const runner = (labels: readonly string[], scope: RunnerRecord['scope'] = 'org:acme'): RunnerRecord => {
  count += 1;
  const wish = { name: `r${count}`, labels, scope, groupId: 1, token: `t${count}`, visibleAt: 0 };
  return registrations.register(wish) as RunnerRecord;
};

test('a runner takes a job whose labels it has, in whatever case', () => {
  const matches = matchmaker();
  const waiting = job(['self-hosted', 'Linux']);
  matches.offerJob(waiting);
  expect(matches.offerRunner(runner(['self-hosted', 'arm64']))).toBeUndefined();
  expect(matches.offerRunner(runner(['SELF-HOSTED', 'linux', 'x64']))).toBe(waiting);
});

test('a listener that lacks one of the labels is passed over', () => {
  const matches = matchmaker();
  matches.offerRunner(runner(['linux']));
  const able = runner(['linux', 'gpu']);
  matches.offerRunner(able);
  expect(matches.offerJob(job(['linux', 'gpu']))).toBe(able);
});

test.each([
  ['org:acme', 'acme/app', true],
  ['org:ACME', 'acme/app', true],
  ['org:acme', 'other/app', false],
  ['repo:acme/app', 'acme/app', true],
  ['repo:acme/app', 'acme/lib', false],
  ['enterprise:big', 'other/app', true],
  ['enterprise:small', 'acme/app', false],
] as const)('a runner of %s and a job of %s: %p', (scope, fullName, fits) => {
  const matches = matchmaker('big');
  const waiting = job(['x'], fullName);
  matches.offerJob(waiting);
  expect(matches.offerRunner(runner(['x'], scope))).toBe(fits ? waiting : undefined);
});

test('the oldest job goes first, also from another repository with other labels', () => {
  const matches = matchmaker();
  const first = job(['x'], 'acme/lib');
  const second = job(['x', 'y'], 'acme/app');
  matches.offerJob(second);
  matches.offerJob(first);
  expect(matches.offerRunner(runner(['x', 'y']))).toBe(first);
  expect(matches.offerRunner(runner(['x', 'y']))).toBe(second);
});

test('what is withdrawn is not matched', () => {
  const matches = matchmaker();
  const [gone, left] = [job(['x']), job(['x'])];
  matches.offerJob(gone);
  matches.offerJob(left);
  matches.withdrawJob(gone);
  expect(matches.offerRunner(runner(['x']))).toBe(left);

  const listener = runner(['x']);
  matches.offerRunner(listener);
  matches.withdrawRunner(listener);
  expect(matches.offerJob(job(['x']))).toBeUndefined();
});
