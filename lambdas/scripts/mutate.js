/**
 * Breaks each decision in every small way there is, and counts the ways that no test of it notices. `npm run mutation`,
 * or with names: `npm run mutation -- balance lease-look`. The scores stand in docs/testing.md.
 */
import { Stryker } from '@stryker-mutator/core';

/** The decisions that can hurt most, each with the tests that stand for it. */
const decisions = [
  // Ends machines. Wrong once, it kills somebody's job.
  { name: 'runner-plan', tests: ['runner-plan*'] },
  // Says that a host is silent, on which every end without its word rests.
  { name: 'lease-look', tests: ['lease-look', 'runner-plan'] },
  // Says how many are missing or too many: wrong, jobs wait for ever, or machines come and go for nothing.
  { name: 'balance', tests: ['balance'] },
  // Give out slots and budget: wrong, a limit is passed, or a lane starves.
  { name: 'slots', tests: ['scale-up-plan'] },
  { name: 'scale-up-plan', tests: ['scale-up-plan'] },
  // Ends the machine from inside, where nobody can stop it.
  { name: 'host-plan', tests: ['host-plan*'] },
];

const wanted = process.argv.slice(2);
const scores = [];
for (const { name, tests } of decisions.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
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
    mutate: [`src/core/${name}.ts`],
    reporters: ['clear-text'],
    clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false, reportScoreTable: false },
    tempDirName: '.stryker-tmp',
    // Else the copy holds the fakes' and the page's files as well.
    ignorePatterns: ['/build', '/coverage', '/bench', '/tests/browser'],
    timeoutMS: 20_000,
  }).runMutationTest();
  const caught = results.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const valid = results.filter(({ status }) => !['CompileError', 'RuntimeError', 'Ignored'].includes(status)).length;
  scores.push({ decision: name, mutants: valid, caught, percent: Math.round((caught / valid) * 1000) / 10 });
}
process.stdout.write(`${scores.map((score) => JSON.stringify(score)).join('\n')}\n`);
