import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inParallel } from '../../src/functions/in-parallel.ts';
import type { Scenario } from '../../src/simulator/plan/scenario.ts';
import { type GuardMutant, guardMutants } from './guard-mutants.ts';
import { mutatedText, textOf } from './mutated-source.ts';
import { search } from './search.ts';
import type { Found } from './seek-breach.ts';

const seedLimit = 200;
const processesAtOnce = 2;
const patienceSeconds = 600;

const swarm: Scenario = { workload: { kind: 'synthetic' }, faults: 'heavy', dropWebhooks: 0, prices: {}, only: {} };
const scenarioOf = ({ scenario }: GuardMutant): Scenario => ({ ...swarm, ...scenario });
const found = new Map<string, Found | Error>();

beforeAll(async () => {
  await inParallel(guardMutants, processesAtOnce, async (mutant) => {
    const wanted = { mutant, scenario: scenarioOf(mutant), fromSeed: 1, toSeed: seedLimit };
    found.set(mutant.guard, await search(wanted).catch((error: Error) => error));
  });
}, 1000 * patienceSeconds);

afterAll(() => {
  const lines = guardMutants.map(({ guard, without }) => {
    const one = found.get(guard);
    const how = one && 'seed' in one ? `seed ${one.seed}: ${one.breach.promise}` : 'nobody noticed';
    return `${how.padEnd(32)} without ${guard}. ${without}`;
  });
  process.stdout.write(`${lines.join('\n')}\n`);
});

test.each(guardMutants)('$guard stands where it is looked for', (mutant) => {
  const text = textOf(mutant);
  expect(mutatedText(text, mutant)).not.toBe(text);
});

test.each(guardMutants)(`without $guard, a promise is broken within ${seedLimit} seeds`, ({ guard }) => {
  expect(found.get(guard)).toMatchObject({ seed: expect.any(Number) });
});

describe('with every guard in its place', () => {
  test(
    'the very same runs keep every promise',
    async () => {
      const ranges = [...lastSeeds()].flatMap(([scenario, last]) =>
        halvesOf(last).map((range) => ({ scenario, ...range })),
      );
      const outcomes = await inParallel(ranges, processesAtOnce, ({ scenario, ...seeds }) =>
        search({ mutant: undefined, scenario: JSON.parse(scenario), ...seeds }),
      );
      expect(outcomes).toEqual(ranges.map(() => ({ status: 'fulfilled', value: null })));
    },
    1000 * patienceSeconds,
  );
});

/** Of each scenario, up to which seed the mutants were looked for in it. */
function lastSeeds(): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const mutant of guardMutants) {
    const one = found.get(mutant.guard);
    const scenario = JSON.stringify(scenarioOf(mutant));
    last.set(scenario, Math.max(last.get(scenario) ?? 0, one && 'seed' in one ? one.seed : seedLimit));
  }
  return last;
}

function halvesOf(last: number): readonly { readonly fromSeed: number; readonly toSeed: number }[] {
  const half = Math.ceil(last / 2);
  const halves = [
    { fromSeed: 1, toSeed: half },
    { fromSeed: half + 1, toSeed: last },
  ];
  return halves.filter(({ fromSeed, toSeed }) => fromSeed <= toSeed);
}
