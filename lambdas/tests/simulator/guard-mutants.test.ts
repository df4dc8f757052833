import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inParallel } from '../../src/functions/in-parallel.ts';
import type { Scenario } from '../../src/simulator/plan/scenario.ts';
import { type GuardMutant, guardMutants } from './guard-mutants.ts';
import { mutatedText, textOf } from './mutated-source.ts';
import { search } from './search.ts';
import type { Found } from './seek-breach.ts';
import { simulated } from './simulated.ts';

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

test.each(guardMutants)('with $guard in its place, the very same run keeps every promise', async (mutant) => {
  const one = found.get(mutant.guard);
  if (!one || !('seed' in one)) throw new Error('Without it, no promise was broken either.');
  expect((await simulated(one.seed, scenarioOf(mutant))).breaches).toEqual([]);
});
