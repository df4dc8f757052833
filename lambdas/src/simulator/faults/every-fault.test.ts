import { describe, expect, test } from '@jest/globals';
import { simulate } from '../simulate.ts';
import { everyFault } from './every-fault.ts';
import { smallPlan } from './testbed.ts';

const seeds = [1, 2];
const names = everyFault.map(({ name }) => name);

/** How often each fault struck. */
async function strikes(seed: number, faults: readonly string[]) {
  const hits = new Map<string, number>();
  const { breaches } = await simulate(smallPlan(seed, faults), [
    (fact) => {
      if (fact.kind === 'fault') hits.set(fact.fault, (hits.get(fact.fault) ?? 0) + 1);
    },
  ]);
  return { hits, breaches };
}

test('faults have names of their own, and say in a sentence what they do', () => {
  expect(new Set(names).size).toBe(names.length);
  for (const { name, sentence } of everyFault) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  }
});

describe('each fault by itself, at its hardest,', () => {
  test.each(names)('%s strikes, and no promise is broken', async (name) => {
    let struck = 0;
    for (const seed of seeds) {
      const { hits, breaches } = await strikes(seed, [name]);
      expect({ seed, breaches }).toEqual({ seed, breaches: [] });
      expect([...hits.keys()].filter((other) => other !== name)).toEqual([]);
      struck += hits.get(name) ?? 0;
    }
    expect(struck).toBeGreaterThan(0);
  });
});

test('a run without faults hears of none', async () => {
  expect((await strikes(1, [])).hits.size).toBe(0);
});
