import { expect, test } from '@jest/globals';
import { aRun, breachesIn } from '../../../tests/simulator/checked-story.ts';
import { at, gone, launched, type Told } from '../measures/testbed.ts';
import { noRegistrationOutlivesItsMachine } from './no-registration-outlives-its-machine.ts';

const minute = 60;
const scope = 'org:acme';
const made: Told[1] = { kind: 'registration-made', name: 'ci-i-1', scope, instance: 'i-1' };
const removed: Told[1] = { kind: 'registration-gone', name: 'ci-i-1', scope, by: 'us' };
const late = (story: readonly Told[], run = aRun()): readonly string[] =>
  breachesIn(noRegistrationOutlivesItsMachine, story, { run }).map(({ subject }) => subject);

test('a registration goes within half an hour of its machine', () => {
  const left: readonly Told[] = [
    [0, launched('i-1')],
    [1, made],
    [60, gone('i-1')],
  ];
  expect(late([...left, [31 * minute, removed]])).toEqual([]);
  expect(late([...left, [35 * minute, removed]])).toEqual(['ci-i-1']);
  expect(late([...left, [95 * minute, removed]], aRun({ faultsEndAt: at(3_600) }))).toEqual(['ci-i-1']);
  expect(late([...left, [85 * minute, removed]], aRun({ faultsEndAt: at(3_600) }))).toEqual([]);
});

test('so does one that was made when its machine was gone', () => {
  expect(
    late([
      [0, launched('i-1')],
      [60, gone('i-1')],
      [70, made],
      [35 * minute, removed],
    ]),
  ).toEqual(['ci-i-1']);
});

test('as long as its machine is there, it may be', () => {
  expect(
    late([
      [0, launched('i-1')],
      [1, made],
      [300 * minute, removed],
      [301 * minute, gone('i-1')],
    ]),
  ).toEqual([]);
});
