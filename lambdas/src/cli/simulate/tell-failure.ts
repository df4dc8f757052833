import { shrink } from '../../simulator/breach/shrink.ts';
import { tellBreach } from '../../simulator/breach/tell-breach.ts';
import type { OutcomeSum, SeedBreach } from '../../simulator/campaign/outcome-sum.ts';
import { countOf } from '../../simulator/report/number-text.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';
import { replayArguments, replayCommand } from './replay.ts';

/** Each is a run. */
const shrinkRunsLimit = 200;
const seedsShown = 20;

/** Which seeds failed, and the first breach in full; nothing where every promise was kept. */
export async function failureWords(
  named: NamedScenario,
  options: SimulateOptions,
  { seeds, failedSeeds, breaches }: OutcomeSum,
): Promise<string> {
  const [first] = breaches;
  if (first === undefined) return '';
  const count = seeds === 1 ? '' : `${failedSeeds.length} of ${seeds} seeds broke a promise: ${listOf(failedSeeds)}.\n`;
  const told = options.shrink ? await shrunkWords(named, options, first) : await breachWords(named, options, first);
  return `\n${count}${told}`;
}

function breachWords(named: NamedScenario, options: SimulateOptions, first: SeedBreach): Promise<string> {
  const { seed, ...breach } = first;
  return tellBreach({ ...named, seed, breach, command: replayCommand(seed, replayArguments(named, options)) });
}

async function shrunkWords(named: NamedScenario, options: SimulateOptions, first: SeedBreach): Promise<string> {
  const { scenario } = named;
  const { seed, ...breach } = first;
  const smallest = await shrink({ scenario, seed, breach, runsLimit: shrinkRunsLimit });
  const { only, jobs, faults, runs } = smallest;
  const told = await breachWords({ ...named, scenario: { ...scenario, only } }, options, { seed, ...smallest.breach });
  const left = `${countOf(jobs, 'job')} and ${faults.length === 0 ? 'no fault' : faults.join(', ')}`;
  return `Shrunk to ${left}, in ${countOf(runs, 'run')}.\n${told}`;
}

const listOf = (seeds: readonly number[]): string =>
  seeds.slice(0, seedsShown).join(', ') + (seeds.length > seedsShown ? ' …' : '');
