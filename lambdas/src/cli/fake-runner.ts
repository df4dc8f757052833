import { Command } from 'commander';
import { runProcess } from '../fakes/runner/run-process.ts';

/** `ci-runners fake-runner` */
export function fakeRunnerCommand(): Command {
  return new Command('fake-runner')
    .description('Run one job of the fake GitHub, as GitHub’s own runner would, and end.')
    .option(
      '--jitconfig <base64>',
      'the JIT configuration; better given in the environment, where other users do not see it: ACTIONS_RUNNER_INPUT_JITCONFIG',
    )
    .action(async ({ jitconfig }: { jitconfig?: string }) => {
      process.exitCode = await runProcess(jitconfig ?? process.env.ACTIONS_RUNNER_INPUT_JITCONFIG);
    });
}
