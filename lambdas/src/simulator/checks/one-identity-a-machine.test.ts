import { expect, test } from '@jest/globals';
import { breachesIn } from '../../../tests/simulator/checked-story.ts';
import type { FactOf } from '../facts.ts';
import { launched, type Told } from '../measures/testbed.ts';
import { oneIdentityAMachine } from './one-identity-a-machine.ts';

const registered = (name: string, askedBy: string): Told[1] => ({
  ...{ kind: 'registration-made', name, scope: 'org:acme', instance: 'i-1', askedBy },
});
const over = (environment: string, outcome: FactOf<'invocation'>['outcome']): Told[1] => ({
  ...{ kind: 'invocation', function: 'scale-up', environment, outcome },
});
const started = (runner: string): Told[1] => ({ kind: 'runner-started', instance: 'i-1', runner });
const subjects = (...facts: readonly Told[1][]): readonly string[] =>
  breachesIn(oneIdentityAMachine, [[0, launched('i-1')], ...facts.map((fact): Told => [1, fact])]).map(
    ({ subject }) => subject,
  );

test('two invocations never make registrations for one machine at once', () => {
  expect(subjects(registered('ci-i-1', 'scale-up 1'), registered('ci-i-1.x', 'scale-up 2'))).toEqual(['ci-i-1.x']);
});

test('one whose answer was lost may be made again, by the same invocation or after it', () => {
  const [first, again] = [registered('ci-i-1', 'scale-up 1'), registered('ci-i-1.x', 'scale-up 1')];
  expect(subjects(first, again, over('scale-up 1', 'done'), registered('ci-i-1.y', 'scale-up 2'))).toEqual([]);
  // What a dead one had sent still arrives.
  expect(subjects(over('scale-up 1', 'died'), first, registered('ci-i-1.y', 'scale-up 2'))).toEqual([]);
});

test('a machine becomes one runner: another name is another one', () => {
  expect(subjects(started('ci-i-1'), started('ci-i-1'))).toEqual([]);
  expect(subjects(started('ci-i-1'), started('ci-i-1.x'))).toEqual(['i-1']);
});
