import { expect, test } from '@jest/globals';
import { breachesIn } from '../../../tests/simulator/checked-story.ts';
import { gone, launched, type Told } from '../measures/testbed.ts';
import { bootsTriedSparingly } from './boots-tried-sparingly.ts';

const scope = 'org:acme';
const registered = (instance: string): Told[1] => ({
  ...{ kind: 'registration-made', name: `ci-${instance}`, scope, instance },
});
const started = (instance: string): Told[1] => ({ kind: 'runner-started', instance, runner: `ci-${instance}` });
const failed = (from: number, instance: string): readonly Told[] => [
  [from, launched(instance)],
  [from + 1, registered(instance)],
  [from + 300, gone(instance)],
];
const six = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6'];
const failures = six.flatMap((instance) => failed(0, instance)).toSorted(([a], [b]) => a - b);
/** One after the other, from a quarter of an hour on. */
const launches = (count: number, everySeconds: number): readonly Told[] =>
  Array.from({ length: count }, (_, place) => [900 + place * everySeconds, launched(`i-1${place}`)]);
const found = (...story: readonly Told[]): number => breachesIn(bootsTriedSparingly, story).length;

test('a fleet whose machines never become runners is not launched for every job', () => {
  expect(found(...failures, ...launches(20, 60))).toBe(0);
  expect(breachesIn(bootsTriedSparingly, [...failures, ...launches(21, 60)])).toMatchObject([
    { promise: 'nothing-leaked', subject: 'i-120', what: expect.stringContaining('6 machines in a row') },
  ]);
});

test('probes may go on for hours', () => {
  expect(found(...failures, ...launches(100, 600))).toBe(0);
});

test('one that started a runner ends the row, and so does a change of the configuration', () => {
  const many = launches(21, 60);
  expect(found(...failures, [850, launched('i-9')], [890, started('i-9')], ...many)).toBe(0);
  expect(found(...failures, [890, { kind: 'configured', fleets: ['linux'] }], ...many)).toBe(0);
});

test('what is not known yet, or was our own fault, says nothing about an image', () => {
  const burst = Array.from({ length: 40 }, (_, place): Told => [400, launched(`i-1${place}`)]);
  expect(found(...failures, ...burst)).toBe(0);
  const never = failures.filter(([, { kind }]) => kind !== 'registration-made');
  expect(found(...never, ...launches(40, 60))).toBe(0);
  const taken = failures.map(
    ([second, fact]): Told => [second, fact.kind === 'instance-gone' ? { ...fact, by: 'spot' } : fact],
  );
  expect(found(...taken, ...launches(40, 60))).toBe(0);
});

test('while no function runs, and until one has looked again, nobody knows that machines failed', () => {
  const look = { kind: 'invocation', function: 'scale-down', outcome: 'done' } as const;
  const burst = (from: number): readonly Told[] =>
    Array.from({ length: 30 }, (_, place): Told => [from, launched(`i-1${place}`)]);
  const away: readonly Told[] = [[60, look], ...failures];
  expect(found(...away, ...burst(7_200))).toBe(0);
  expect(found(...away, [7_200, look], [7_380, look], ...burst(7_490))).toBe(0);
  expect(found(...away, [7_200, look], [7_380, look], ...burst(7_510))).toBe(1);
});
