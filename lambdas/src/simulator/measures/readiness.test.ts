import { describe, expect, test } from '@jest/globals';
import { readiness } from './readiness.ts';
import {
  at,
  ending,
  gone,
  jobEnded,
  jobQueued,
  jobStarted,
  launched,
  online,
  startAt,
  type Told,
  tell,
} from './testbed.ts';
import type { ReadyWanted } from './wanted-idle-cost.ts';

function readinessOf(until: number, wanted: ReadyWanted, ...story: readonly Told[]) {
  const all = readiness(wanted);
  tell(all.hear, ...story);
  return all.figures(at(until));
}

const never: ReadyWanted = () => 0;
const always: ReadyWanted = () => 1;
const ready = (instance: string): readonly Told[] => [
  [0, launched(instance, { dollarsAnHour: 3.6 })],
  [40, online(instance)],
];

describe('jobs that were served', () => {
  const ordinary: readonly Told[] = [
    [200, jobQueued('ordinary')],
    [201, launched('i-9')],
    [240, online('i-9')],
    [242, jobStarted('ordinary', 'i-9')],
  ];

  test('save the mean wait of the others, less their own', () => {
    const story: readonly Told[] = [
      ...ready('i-1'),
      ...ready('i-2'),
      [100, jobQueued('one')],
      [102, jobStarted('one', 'i-1')],
      [110, jobQueued('two')],
      [114, jobStarted('two', 'i-2')],
      ...ordinary,
    ];
    expect(readinessOf(300, never, ...story)).toMatchObject({ jobsServed: 2, savedSeconds: 2 * 42 - 6 });
  });

  test('save nothing that could be told without others', () => {
    const story: readonly Told[] = [...ready('i-1'), [100, jobQueued('one')], [102, jobStarted('one', 'i-1')]];
    expect(readinessOf(300, never, ...story)).toMatchObject({ jobsServed: 1, savedSeconds: 0 });
  });

  test('are not those whose runner worked when they were queued', () => {
    const story: readonly Told[] = [
      ...ready('i-1'),
      [50, jobQueued('first')],
      [51, jobStarted('first', 'i-1')],
      [60, jobQueued('second')],
      [90, jobEnded('first', 'i-1')],
      [91, jobStarted('second', 'i-1')],
    ];
    expect(readinessOf(300, never, ...story)).toMatchObject({ jobsServed: 1, savedSeconds: 31 - 1 });
  });

  test('are not those whose runner is no machine of ours', () => {
    expect(readinessOf(9, never, [0, jobQueued('job')], [1, jobStarted('job', '')])).toMatchObject({ jobsServed: 0 });
  });
});

describe('the cost of being ready', () => {
  test('is that of idle time, up to now', () => {
    const all = readiness(always);
    tell(all.hear, ...ready('i-1'));
    expect(all.figures(at(140)).cost).toBeCloseTo(0.1, 9);
    expect(all.figures(at(240)).cost).toBeCloseTo(0.2, 9);
  });

  test('ends with work, and with leaving', () => {
    const story: readonly Told[] = [
      ...ready('i-1'),
      [50, jobStarted('job', 'i-1')],
      [500, jobEnded('job', 'i-1')],
      [520, ending('i-1')],
      [900, gone('i-1')],
    ];
    expect(readinessOf(2_000, always, ...story).cost).toBeCloseTo(0.03, 9);
  });

  test('is nothing while nobody asks for idle runners, by the minute', () => {
    // Asked for from minute 5 to minute 7.
    const wanted: ReadyWanted = (_, now) => (now >= at(300) && now < at(420) ? 2 : 0);
    expect(readinessOf(1_000, wanted, ...ready('i-1')).cost).toBeCloseTo(0.12, 9);
  });

  test('is each fleet’s own', () => {
    const wanted: ReadyWanted = (fleet) => (fleet === 'windows' ? 1 : 0);
    const story: readonly Told[] = [
      ...ready('i-1'),
      [40, launched('i-2', { fleet: 'windows', dollarsAnHour: 7.2 })],
      [60, online('i-2')],
    ];
    expect(readinessOf(160, wanted, ...story).cost).toBeCloseTo(0.2, 9);
  });

  test('a schedule is asked once a minute, however many machines come and go, and not while none is idle', () => {
    const asked: number[] = [];
    const wanted: ReadyWanted = (_, now) => asked.push((now - startAt) / 60_000);
    const machines = Array.from({ length: 50 }, (_, i) => `i-${i}`);
    readinessOf(
      100_000,
      wanted,
      ...machines.map((machine): Told => [0, launched(machine)]),
      ...machines.map((machine, i): Told => [40 + i, online(machine)]),
      ...machines.map((machine, i): Told => [130 + i, gone(machine)]),
    );
    expect(asked).toEqual([0, 1, 2]);
  });
});
