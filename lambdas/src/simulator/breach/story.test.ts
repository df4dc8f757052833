import { beforeAll, describe, expect, test } from '@jest/globals';
import { hopeless, simulated } from '../../../tests/simulator/simulated.ts';
import { drawPlan } from '../plan/draw-plan.ts';
import type { Breach } from '../result.ts';
import { storyOf } from './story.ts';

const seed = 3;

describe('the story of a lost job', () => {
  const plan = drawPlan(seed, hopeless);
  let breach: Breach;
  beforeAll(async () => {
    breach = (await simulated(seed, hopeless)).breaches[0] as Breach;
  });

  test('tells when it came, what was decided instead, and how it ended', async () => {
    const story = await storyOf(plan, breach);
    const text = story.join('\n');
    expect(text).toContain(`forge: ${breach.subject} is queued`);
    expect(text).toMatch(/scale-up: lane \S+, kind launch, reason jobs-wait/);
    expect(text).toMatch(/kind wait, reason breaker-open \(\d+ times, until \+\d\d:\d\d:\d\d\)/);
    expect(text).toContain(`forge: ${breach.subject} ends: forge`);
    expect(story.at(-1)).toMatch(/^\+2\d:\d\d:\d\d {2}no-job-lost: /);
  });

  test('can be read: every line has its time, and there are not too many', async () => {
    const story = await storyOf(plan, breach);
    expect(story.length).toBeLessThanOrEqual(40);
    expect(story.filter((line) => !/^(\+\d+:\d\d:\d\d {2}|… \d+ more …)/.test(line))).toEqual([]);
  });
});

test('the story of a machine begins with its launch, and has its runner, its jobs and its end', async () => {
  const calm = { ...hopeless, bootSeconds: 30 };
  const subject = 'i-00000000000000001';
  const asked = { promise: 'nothing-leaked', subject, at: Number.MAX_SAFE_INTEGER, what: 'Asked for.' } as const;
  const text = (await storyOf(drawPlan(seed, calm), asked)).join('\n');
  const inOrder = [
    `ec2: launches ${subject}`,
    `forge: registers ci-${subject}`,
    `${subject}: kind take-grant`,
    `${subject}: runner ci-${subject} listens`,
    `starts on ci-${subject}`,
    `ec2: ${subject} is gone`,
  ];
  expect(inOrder.map((words) => text.indexOf(words)).filter((at) => at < 0)).toEqual([]);
  expect(inOrder.map((words) => text.indexOf(words))).toEqual(
    inOrder.map((words) => text.indexOf(words)).sort((one, other) => one - other),
  );
});
