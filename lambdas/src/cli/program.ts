import { Command } from 'commander';
import { fakeGithubCommand } from './fake-github.ts';
import { fakeRunnerCommand } from './fake-runner.ts';
import { simulateCommand } from './simulate.ts';
import { startCommand } from './start.ts';

/** `ci-runners`: a file a sub-command. */
export const program = (): Command =>
  new Command('ci-runners')
    .description('Turns waiting CI jobs into runners, and takes them away again.')
    .showHelpAfterError('(add --help for what there is)')
    .addCommand(startCommand())
    .addCommand(simulateCommand())
    .addCommand(fakeGithubCommand())
    .addCommand(fakeRunnerCommand());
