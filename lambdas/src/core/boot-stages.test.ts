import { expect, test } from '@jest/globals';
import { bootSeconds, bootStages, readBootStages } from './boot-stages.ts';

const second = 1000;

test('each stage lasts from the one before it, the first from the machine’s beginning', () => {
  const marks = [
    { stage: 'grant', at: 31.54 * second },
    { stage: 'system', at: 20 * second },
    { stage: 'agent', at: 30 * second },
  ];
  const stages = bootStages(0, marks);
  expect(stages).toEqual({ system: 20, agent: 10, grant: 1.5 });
  expect(bootSeconds(stages)).toBe(31.5);
});

test('a clock that was set back makes no stage negative', () => {
  expect(
    bootStages(50 * second, [
      { stage: 'system', at: 0 },
      { stage: 'agent', at: second },
    ]),
  ).toEqual({ system: 0, agent: 1 });
});

test('of what a job wrote in place of a boot, nothing is taken that is no stage and no time', () => {
  const forged = { system: 3, agent: -1, grant: Number.NaN, runner: '9', start: 1e9, other: 1 };
  expect(readBootStages(forged)).toEqual({ system: 3 });
  for (const none of [undefined, null, 'slow', 7]) expect(readBootStages(none)).toEqual({});
});
