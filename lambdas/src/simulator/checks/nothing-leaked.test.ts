import { expect, test } from '@jest/globals';
import { fleet } from '../../../tests/fleet.ts';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import { gone, launched, type Told } from '../measures/testbed.ts';
import { nothingLeaked } from './nothing-leaked.ts';

const made: Told[1] = { kind: 'registration-made', name: 'ci-i-1', scope: 'org:acme', instance: 'i-1' };
const removed: Told[1] = { kind: 'registration-gone', name: 'ci-i-1', scope: 'org:acme', by: 'us' };
const left = (story: readonly Told[], run = aRun(), endSeconds = 7_200): readonly string[] =>
  breachesIn(nothingLeaked, story, { run, endSeconds }).map(({ subject }) => subject);

test('machines and registrations are gone at the end', () => {
  expect(left([[0, launched('i-1')]])).toEqual(['i-1']);
  expect(
    left([
      [0, launched('i-1')],
      [1, made],
      [9, gone('i-1')],
    ]),
  ).toEqual(['ci-i-1']);
  expect(
    left([
      [0, launched('i-1')],
      [1, made],
      [9, removed],
      [9, gone('i-1')],
    ]),
  ).toEqual([]);
});

test('but for what an idle window wants, in each lane', () => {
  const idleConfig = [{ cron: '* * * * *', timeZone: 'UTC', idleCount: 1, evictionStrategy: 'oldest_first' }] as const;
  const run = aRun({ fleets: () => [fleet({ name: 'linux', idleConfig })] });
  const beta = { lane: 'linux/org:beta' };
  expect(
    left(
      [
        [0, launched('i-1')],
        [0, launched('i-2', beta)],
      ],
      run,
    ),
  ).toEqual([]);
  expect(
    left(
      [
        [0, launched('i-1')],
        [0, launched('i-2')],
      ],
      run,
    ),
  ).toEqual(['i-2']);
});

test('before the end, nothing is said of what may still go', () => {
  expect(breachesIn(nothingLeaked, [[0, launched('i-1')]])).toEqual([]);
});
