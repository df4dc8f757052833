/**
 * Breaks each decision in every small way there is, and counts the ways that no test of it notices. `npm run mutation`,
 * or with names: `npm run mutation -- balance lease-look`. The scores stand in docs/testing.md.
 */
import { Stryker } from '@stryker-mutator/core';

/** The decisions that can hurt most, each with the tests that stand for it; slow ones see only what the first let pass. */
const decisions = [
  // Ends machines. Wrong once, it kills somebody's job.
  { name: 'runner-plan', tests: ['runner-plan'], slowTests: ['runner-plan.enumeration'] },
  // Says that a host is silent, on which every end without its word rests.
  { name: 'lease-look', tests: ['lease-look', 'runner-plan'] },
  // Says for how long it was watched, which a lie of the forge's must not outlast.
  { name: 'runner-looks', tests: ['runner-plan'], slowTests: ['runner-plan.enumeration'] },
  // Says how many are missing or too many: wrong, jobs wait for ever, or machines come and go for nothing.
  { name: 'balance', tests: ['balance'] },
  // Give out slots and budget: wrong, a limit is passed, or a lane starves.
  { name: 'slots', tests: ['scale-up-plan'] },
  { name: 'scale-up-plan', tests: ['scale-up-plan'] },
  // Says whose word is not taken: wrong, machines come for jobs that are not there.
  { name: 'jobs-to-read', tests: ['jobs-to-read'] },
  // Ends the machine from inside, where nobody can stop it.
  { name: 'host-plan', tests: ['host-plan', 'host-plan.leaving'], slowTests: ['host-plan.enumeration'] },
];

const wanted = process.argv.slice(2);
const scores = [];
for (const { name, tests, slowTests } of decisions.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
  const mutants = await mutate([`src/core/${name}.ts`], tests);
  let survivors = mutants.filter(isSurvivor);
  if (slowTests && survivors.length > 0) {
    const still = await mutate(survivors.map(placeOf), slowTests);
    const passed = new Set(still.filter(isSurvivor).map(nameOf));
    survivors = survivors.filter((mutant) => passed.has(nameOf(mutant)));
  }
  const caught = mutants.length - survivors.length;
  const percent = Math.round((caught / mutants.length) * 1000) / 10;
  scores.push({ decision: name, mutants: mutants.length, caught, percent, survivors: survivors.map(nameOf) });
}
process.stdout.write(`${JSON.stringify(scores, undefined, 2)}\n`);

async function mutate(places, tests) {
  const results = await new Stryker({
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: {
      configFile: 'jest.config.js',
      enableFindRelatedTests: false,
      config: { roots: ['<rootDir>/src/core'], testMatch: tests.map((test) => `**/core/${test}.test.ts`) },
    },
    // ES modules in jest hide which test covers what; so each mutant meets all of these tests, until one fails.
    coverageAnalysis: 'off',
    mutate: places,
    reporters: [],
    tempDirName: '.stryker-tmp',
    // What make puts beside the sources, and what no decision needs.
    ignorePatterns: ['/.lint', '/.tofu', '/.venv', '/build', '/coverage', '/dist', '/bench', '/tests/browser'],
    timeoutMS: 20_000,
  }).runMutationTest();
  return results.filter(({ status }) => ['Killed', 'Timeout', 'Survived'].includes(status));
}

function isSurvivor({ status }) {
  return status === 'Survived';
}

function placeOf({ fileName, location: { start, end } }) {
  return `${fileName}:${start.line}:${start.column}-${end.line}:${end.column}`;
}

function nameOf(mutant) {
  return `${placeOf(mutant)} ${mutant.replacement}`;
}
