import { inspect } from 'node:util';
import { Command } from 'commander';
import type { OutcomeSum } from '../simulator/campaign/outcome-sum.ts';
import { workloadNames } from '../simulator/workloads/synthetic-workload.ts';
import * as read from './option-values.ts';
import { type Figures, figuresOf, jsonOf } from './simulate/figures.ts';
import { OptionError } from './simulate/option-error.ts';
import type { SimulateOptions } from './simulate/options.ts';
import { type NamedScenario, readScenarios } from './simulate/read-scenarios.ts';
import { remarksOf } from './simulate/remarks.ts';
import { reportRunOf, writeReport } from './simulate/report.ts';
import { runScenarios } from './simulate/run-scenarios.ts';
import { summary } from './simulate/summary.ts';
import { failureWords } from './simulate/tell-failure.ts';

/** `ci-runners simulate`. Ends with 1 for a broken promise alone: what was typed wrongly is 2, a fault of the simulation 3. */
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
    .option('--out <file>', 'write a report, as one page of HTML')
    .option('--shrink', 'after a broken promise: look for the smallest run that breaks it')
    .option('--only-jobs <places>', 'of the workload, as in 3,7,9-12', read.placesOf)
    .option('--only-faults <names>', 'of those that the seed drew', read.onlyFaultsOf)
    .option('--job-seconds-limit <number>', 'no job takes longer', read.secondsOf)
    .option('--threads <number>', 'seeds that run at once (default: as many as cores)', read.countOf)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 1 ? 2 : exitCode))
    .action(run);
}

async function run(options: SimulateOptions, command: Command): Promise<void> {
  // A reader that went away, or a full disk, is no broken promise.
  process.stdout.once('error', (error) => {
    process.stderr.write(`error: standard output cannot be written: ${error.message}\n`);
    process.exit(3);
  });
  try {
    const named = readScenarios(options);
    for (const remark of remarksOf(named, options)) process.stderr.write(`note: ${remark}\n`);
    const undropped = options.dropWebhooks > 0 ? named.map(withEveryDelivery) : [];
    const sums = await runScenarios([...named, ...undropped], options);
    const pairs = named.map((one, place) => [one, sums[place] as OutcomeSum] as const);
    const figures = pairs.map(([one, sum], place) => figuresOf(one, options, sum, sums[named.length + place]));
    process.stdout.write(options.json ? `${jsonOf(figures)}\n` : summary(figures));
    const { out } = options;
    if (out !== undefined)
      writeReport(
        out,
        pairs.map(([one, sum], place) => reportRunOf(one, options, sum, figures[place] as Figures)),
      );
    for (const [one, sum] of pairs) process.stderr.write(await failureWords(one, options, sum));
    process.exitCode = figures.some(({ failedSeeds }) => failedSeeds.length > 0) ? 1 : 0;
  } catch (error) {
    const isAsked = error instanceof OptionError;
    command.error(`error: ${isAsked ? error.message : inspect(error)}`, { exitCode: isAsked ? 2 : 3 });
  }
}

/** What dropped deliveries are compared with. */
const withEveryDelivery = (named: NamedScenario): NamedScenario => ({
  ...named,
  scenario: { ...named.scenario, dropWebhooks: 0 },
});
