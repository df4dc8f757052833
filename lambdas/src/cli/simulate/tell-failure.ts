import { shrink } from '../../simulator/breach/shrink.ts';
import { storyOf } from '../../simulator/breach/story.ts';
import type { OutcomeSum, SeedBreach } from '../../simulator/campaign/outcome-sum.ts';
import { drawPlan } from '../../simulator/plan/draw-plan.ts';
import type { Scenario } from '../../simulator/plan/scenario.ts';
import type { SimulateOptions } from './options.ts';
import type { NamedScenario } from './read-scenarios.ts';
import { replayArguments, replayCommand } from './replay.ts';

const shrinkRunsLimit = 200;
const seedsShown = 20;

/** What somebody needs who wants to know why a promise was broken: which, the story, and the command that shows it again. */
export async function failureWords(
  named: NamedScenario,
  options: SimulateOptions,
  { seeds, failedSeeds, breaches }: OutcomeSum,
): Promise<string> {
  const [first] = breaches;
  if (first === undefined) return '';
  const count = seeds === 1 ? '' : `${failedSeeds.length} of ${seeds} seeds broke a promise: ${listOf(failedSeeds)}.\n`;
  const told = options.shrink ? await shrunkWords(named, options, first) : await wordsOf(named, options, first);
  return `\n${count}${told}`;
}

async function wordsOf(
  named: NamedScenario,
  options: SimulateOptions,
  { seed, ...breach }: SeedBreach,
): Promise<string> {
  const story = await storyOf(drawPlan(seed, named.scenario), breach);
  return [
    `Seed ${seed} of ${named.name} broke a promise, ${breach.promise}: ${breach.subject}. ${breach.what}`,
    '',
    ...story.map((line) => `  ${line}`),
    '',
    'To see it again:',
    `  ${replayCommand(seed, replayArguments(named, options))}`,
    '',
  ].join('\n');
}

async function shrunkWords(
  named: NamedScenario,
  options: SimulateOptions,
  { seed, ...breach }: SeedBreach,
): Promise<string> {
  const { scenario } = named;
  const { only, jobs, faults, runs, ...smallest } = await shrink({
    scenario,
    seed,
    breach,
    runsLimit: shrinkRunsLimit,
  });
  const smaller: Scenario = { ...scenario, only };
  const words = await wordsOf({ ...named, scenario: smaller }, options, { seed, ...smallest.breach });
  return `Shrunk in ${runs} runs to ${jobs} jobs and these faults: ${faults.join(', ') || 'none'}.\n${words}`;
}

const listOf = (seeds: readonly number[]): string =>
  seeds.slice(0, seedsShown).join(', ') + (seeds.length > seedsShown ? ' …' : '');
