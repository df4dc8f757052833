import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Config } from '../../core/config.ts';
import { ConfigError, messageOf } from '../../core/errors.ts';
import { parseConfig } from '../../core/parse-config.ts';
import { drawPlan } from '../../simulator/plan/draw-plan.ts';
import type { Scenario, WantedWorkload } from '../../simulator/plan/scenario.ts';
import { readTrace } from '../../simulator/traces/read-trace.ts';
import { TraceError } from '../../simulator/traces/trace-error.ts';
import { OptionError } from './option-error.ts';
import type { SimulateOptions } from './options.ts';
import { readPrices } from './read-prices.ts';
import { checkWritable } from './report.ts';

/** One for each configuration; one without. */
export interface NamedScenario {
  /** The configuration's file; `example`, or `drawn` by each seed. */
  readonly name: string;
  /** As it was typed, where it was. */
  readonly configFile: string | undefined;
  readonly scenario: Scenario;
}

/** Reads every file that is named. A bad one fails with an `OptionError`, before anything runs. */
export function readScenarios(options: SimulateOptions): readonly NamedScenario[] {
  checkTogether(options);
  const { faults, dropWebhooks, apps, bootSeconds, onlyJobs, onlyFaults, jobSecondsLimit } = options;
  const shared: Scenario = {
    workload: readWorkload(options),
    faults,
    dropWebhooks,
    prices: options.prices === undefined ? {} : readPrices(options.prices),
    ...(apps !== undefined && { apps }),
    ...(bootSeconds !== undefined && { bootSeconds }),
    only: {
      ...(onlyJobs && { jobs: onlyJobs }),
      ...(onlyFaults && { faults: onlyFaults }),
      ...(jobSecondsLimit !== undefined && { jobSecondsLimit }),
    },
  };
  const name = faults === 'none' ? 'example' : 'drawn';
  const named: readonly NamedScenario[] = options.config?.map((file) => ({
    name: basename(file),
    configFile: file,
    scenario: { ...shared, config: readConfig(file) },
  })) ?? [{ name, configFile: undefined, scenario: shared }];
  checkPlaces(options, named);
  if (options.out !== undefined) checkOut(options.out, options);
  return named;
}

/** A place that is not there would be a run without jobs, in which every promise is kept. */
function checkPlaces({ onlyJobs = [], seed }: SimulateOptions, named: readonly NamedScenario[]): void {
  if (onlyJobs.length === 0) return;
  for (const { scenario } of named) {
    const { count } = drawPlan(seed, { ...scenario, only: {} }).workload;
    const missing = onlyJobs.find((place) => place > count);
    if (missing !== undefined) throw new OptionError(`--only-jobs: there is no place ${missing} among ${count} jobs.`);
  }
}

function checkOut(out: string, { config = [], trace, prices }: SimulateOptions): void {
  const inputs = [...config, trace, prices].filter((file) => file !== undefined);
  if (inputs.some((file) => resolve(file) === resolve(out)))
    throw new OptionError(`--out ${out} is read as well: the report would be written over it.`);
  checkWritable(out);
}

/** What each option alone cannot know. */
function checkTogether({ config = [], seed, seeds, faults, onlyFaults }: SimulateOptions): void {
  if (config.length > 2) throw new OptionError('--config may be given twice, to compare two.');
  if (seed + seeds > 2 ** 32) throw new OptionError('--seeds: the last seed is 4294967295; write a smaller --seed.');
  if (onlyFaults !== undefined && faults === 'none')
    throw new OptionError('--only-faults keeps some of what --faults brought: write --faults as well.');
}

function readConfig(file: string): Config {
  const config = parsedConfig(file, readOptionFile('--config', file));
  const ofEnterprise = config.fleets.find(({ scope }) => scope === 'enterprise');
  if (ofEnterprise === undefined) return config;
  throw new OptionError(
    `--config ${file}: fleets.${ofEnterprise.name}.scope is enterprise, and simulated jobs have owners and repositories only: write org or repo.`,
  );
}

function parsedConfig(file: string, text: string): Config {
  try {
    return parseConfig(JSON.parse(text));
  } catch (error) {
    if (error instanceof ConfigError) throw new OptionError(`--config ${file}: ${error.message}`, { cause: error });
    const why = `--config ${file} is no JSON: ${messageOf(error)}. examples/local/fleet.json shows what one looks like.`;
    throw new OptionError(why, { cause: error });
  }
}

function readWorkload({ trace, workload: name, jobs }: SimulateOptions): WantedWorkload {
  if (trace === undefined) {
    return { kind: 'synthetic', ...(name !== undefined && { name }), ...(jobs !== undefined && { jobs }) };
  }
  if (name !== undefined) throw new OptionError('--trace and --workload are two sources of jobs: write one of them.');
  if (jobs !== undefined) throw new OptionError('--jobs belongs to --workload: a trace brings its own jobs.');
  const text = readOptionFile('--trace', trace);
  try {
    readTrace(text, basename(trace));
  } catch (error) {
    throw error instanceof TraceError ? new OptionError(`--trace ${error.message}`, { cause: error }) : error;
  }
  return { kind: 'trace', text, fileName: basename(trace) };
}

function readOptionFile(option: string, file: string): string {
  try {
    // Some editors begin a file with a mark that JSON does not know.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new OptionError(`${option} ${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
