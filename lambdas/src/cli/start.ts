import { Command } from 'commander';
import { ConfigError, messageOf } from '../core/errors.ts';
import { type HabitSettings, habitNames } from '../fakes/github/habits.ts';
import { runDemo } from '../local/demo.ts';
import { runStack } from '../local/run-stack.ts';
import { countOf, factorOf, habitsOf, portOf } from './option-values.ts';

interface Options {
  readonly port: number;
  readonly config?: string;
  readonly data?: string;
  readonly once?: number;
  readonly timeScale?: number;
  readonly habits?: HabitSettings;
  readonly limit: number;
}

/** A demo whose hours are minutes, on a laptop. */
const demoTimeScale = 60;

/** `ci-runners start` */
export function startCommand(): Command {
  return new Command('start')
    .description(
      'Run the whole control plane on this machine, with runners as processes. Without --config it is a demo: a fake GitHub sends jobs in waves.',
    )
    .option('--port <number>', 'port to listen on; 0 picks a free one, which the first line printed tells', portOf, 0)
    .option('--config <file>', 'the deployment to run, as JSON; see examples/local')
    .option(
      '--data <folder>',
      'where ledger, queue and runners are kept, and found again after a restart (default: a new folder)',
    )
    .option(
      '--once <jobs>',
      'demo: queue this many jobs, print one line of JSON when all is gone again, and end',
      countOf,
    )
    .option('--time-scale <factor>', `divides waiting times (default: ${demoTimeScale} in the demo, else 1)`, factorOf)
    .option('--habits <list>', `demo: bad habits of the fake GitHub: all, ${habitNames.join(', ')}`, habitsOf)
    .option('--limit <runners>', 'demo: runners at most', countOf, 20)
    .addHelpText('after', examples)
    .action(run);
}

const examples = `
Examples:
  ci-runners start                               the demo; open the address that it prints
  ci-runners start --once 200                    200 jobs, then the result, then the end
  ci-runners start --once 200 --habits all       the same, with a GitHub that lies and loses things
  ci-runners start --config fleet.json --data .data --port 8080`;

async function run(options: Options, command: Command): Promise<void> {
  const { config, once, timeScale, habits = {} } = options;
  const hasLimit = command.getOptionValueSource('limit') === 'cli';
  if (config !== undefined && (once !== undefined || options.habits !== undefined || hasLimit)) {
    command.error('error: --once, --habits and --limit belong to the demo, and --config is not one', { exitCode: 2 });
  }
  try {
    process.exitCode =
      config === undefined
        ? await runDemo({ ...options, habits, timeScale: timeScale ?? demoTimeScale })
        : await runStack({ ...options, config, timeScale: timeScale ?? 1 });
  } catch (error) {
    command.error(`error: ${messageOf(error)}`, { exitCode: error instanceof ConfigError ? 2 : 1 });
  }
}
