import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Job, JobState } from './job.ts';
import { isDisproved, joinJobs, takenBack } from './job-state.ts';

const states: readonly JobState[] = ['blocked', 'queued', 'running', 'done'];

const telling: fc.Arbitrary<Job> = fc
  .record({
    state: fc.constantFrom(...states),
    labels: fc.constantFrom([], ['self-hosted'], ['self-hosted', 'linux']),
    runnerName: fc.option(fc.constantFrom('ci-i-1', 'ci-i-2'), { nil: undefined }),
    queuedAt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    startedAt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    doneAt: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    conclusion: fc.option(fc.constantFrom('success', 'cancelled'), { nil: undefined }),
    owner: fc.option(fc.constant('acme'), { nil: undefined }),
  })
  .map((fields) => ({
    key: 'github/acme/app/1',
    ref: { repo: 'acme/app', id: '1', attempt: 1 },
    ...(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as typeof fields),
  })) as fc.Arbitrary<Job>;

const joined = (tellings: readonly Job[]): Job => tellings.reduce((known, told) => joinJobs(known, told));

describe('job events', () => {
  test('every permutation of the four states, each doubled, ends in done', () => {
    const tellings = [...states, ...states].map(
      (state): Job => ({
        key: 'k',
        ref: { repo: 'acme/app', id: '1', attempt: 1 },
        state,
        labels: ['self-hosted'],
      }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(tellings, { minLength: tellings.length }), (order) => {
        expect(joined(order).state).toBe('done');
      }),
    );
  });

  test('any order, grouping and repetition of the same events ends the same', () => {
    fc.assert(
      fc.property(
        fc.array(telling, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (tellings, random) => {
          const sorted = joined(tellings);
          const shuffled = [...tellings, ...tellings].sort(() => ((random.next().value ?? 0) % 3) - 1);
          const cut = Math.max(1, Math.floor(shuffled.length / 2));
          expect(joined(shuffled)).toEqual(sorted);
          expect(joinJobs(joined(shuffled.slice(0, cut)), joined(shuffled.slice(cut)))).toEqual(sorted);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a queued event redelivered after done changes nothing', () => {
    const done: Job = { key: 'k', ref: { repo: 'a/b', id: '1', attempt: 1 }, state: 'done', labels: ['x'], doneAt: 5 };
    expect(joinJobs(done, { ...done, state: 'queued' })).toEqual(done);
  });

  test('a running event that two reads disproved is not believed again, another runner is', () => {
    const running: Job = {
      key: 'k',
      ref: { repo: 'a/b', id: '1', attempt: 1 },
      state: 'running',
      labels: ['x'],
      runnerName: 'ci-i-1',
      startedAt: 5,
    };
    const { job, disproved } = takenBack(running, { ...running, state: 'queued' });
    expect(job).toEqual({ key: 'k', ref: running.ref, state: 'queued', labels: ['x'] });
    expect(isDisproved(running, disproved)).toBe(true);
    expect(isDisproved({ ...running, runnerName: 'ci-i-2' }, disproved)).toBe(false);
    expect(isDisproved(running, undefined)).toBe(false);
  });
});
