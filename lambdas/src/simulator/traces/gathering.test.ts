import { expect, test } from '@jest/globals';
import { gathering } from './gathering.ts';

const job = { queuedAt: Date.UTC(2026, 0, 5, 8), durationSeconds: 60, labels: ['linux'], repo: 'acme/app' };

test('a file beyond the limit is refused before it fills the memory', () => {
  const gathered = gathering('big.csv', 1_000);
  for (let row = 0; row < 1_000; row++) gathered.take(job, `line ${row}`);
  expect(gathered.trace().count).toBe(1_000);
  expect(() => gathered.take(job, 'line 1001')).toThrow('It has more than 1,000 jobs; cut it into several files.');
});

test('what was left out is counted by its reason', () => {
  const gathered = gathering('ci.json');
  gathered.take(job, '[0]');
  gathered.leaveOut('was skipped');
  gathered.leaveOut('was skipped');
  gathered.leaveOut('never started');
  expect(gathered.trace().leftOut).toEqual(
    new Map([
      ['was skipped', 2],
      ['never started', 1],
    ]),
  );
});

test('where all was left out, the reasons are told', () => {
  const gathered = gathering('ci.json');
  gathered.leaveOut('was skipped');
  expect(() => gathered.trace()).toThrow('It has no job that could be used: 1 × was skipped.');
});

test('jobs of one moment stay in the order of the file', () => {
  const gathered = gathering('ci.csv');
  for (const durationSeconds of [3, 1, 2]) gathered.take({ ...job, durationSeconds }, 'line');
  expect([...gathered.trace().jobs()].map(({ durationSeconds }) => durationSeconds)).toEqual([3, 1, 2]);
});
