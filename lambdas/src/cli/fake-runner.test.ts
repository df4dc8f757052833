import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

const script = `
import { fakeRunnerCommand } from ${JSON.stringify(new URL('./fake-runner.ts', import.meta.url).href)};
await fakeRunnerCommand().parseAsync(process.argv.slice(1), { from: 'user' });
`;

function run(options: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, '--', ...options], {
    env,
    encoding: 'utf8',
  });
}

test.each([
  ['its option', ['--jitconfig', 'nonsense'], {}],
  ['the environment', [], { ACTIONS_RUNNER_INPUT_JITCONFIG: 'nonsense' }],
  ['nowhere', [], {}],
] as const)('a JIT configuration from %s that cannot be read ends it with an error', (_, options, environment) => {
  const { status, stdout } = run(options, environment);
  expect({ status, stdout }).toEqual({ status: 1, stdout: 'The JIT configuration cannot be read.\n' });
});
