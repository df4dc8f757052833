import { Command } from 'commander';
import { messageOf } from '../core/errors.ts';
import { workloadNames } from '../simulator/workloads/synthetic-workload.ts';
import * as read from './option-values.ts';
import { figuresOf } from './simulate/figures.ts';
import { OptionError } from './simulate/option-error.ts';
import type { SimulateOptions } from './simulate/options.ts';
import { readScenarios } from './simulate/read-scenarios.ts';
import { runScenarios } from './simulate/run-scenarios.ts';

/** `ci-runners simulate` */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Live through days of jobs in seconds: how long they wait, what the machines cost, what goes wrong.')
    .option('--config <file>', 'the deployment, as JSON; twice compares two (default: an example)', read.oneMore)
    .option('--trace <file>', 'recorded jobs, as CSV or JSON')
    .option('--workload <name>', `invented jobs: ${workloadNames.join(', ')}`, read.workloadOf)
    .option('--jobs <number>', 'how many of them', read.jobsOf)
    .option('--seed <number>', 'decides all that is chance', read.seedOf, 1)
    .option('--seeds <number>', 'run so many seeds, from --seed on', read.jobsOf, 1)
    .option('--faults <list>', 'none, light, heavy, or names by comma', read.faultsOf, 'none')
    .option('--drop-webhooks <probability>', 'of all deliveries, 0 to 1', read.probabilityOf, 0)
    .option('--apps <number>', 'GitHub Apps that share the limits (default: as configured)', read.countOf)
    .option('--boot-seconds <number>', 'median, from running to the agent’s first look (default: 30)', read.secondsOf)
    .option('--prices <file>', 'dollars an hour on demand by instance type, as JSON')
    .option('--json', 'print all figures as one line of JSON')
    .option('--threads <number>', 'seeds that run at once (default: as many as cores)', read.countOf)
    .action(run);
}

async function run(options: SimulateOptions, command: Command): Promise<void> {
  try {
    const named = readScenarios(options);
    const sums = await runScenarios(named, options, () => {});
    const figures = named.map((one, place) => figuresOf(one, options, sums[place] as (typeof sums)[number]));
    process.stdout.write(`${JSON.stringify(figures.length === 1 ? figures[0] : figures)}\n`);
    if (figures.some(({ failedSeeds }) => failedSeeds.length > 0)) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    command.error(`error: ${messageOf(error)}`, { exitCode: 2 });
  }
}
