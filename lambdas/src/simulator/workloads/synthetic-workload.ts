import { ConfigError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest.ts';
import type { Chance } from '../engine/chance.ts';
import { approvalGates } from './approval-gates.ts';
import { cancellations } from './cancellations.ts';
import { longTails } from './long-tails.ts';
import { matrixBursts } from './matrix-bursts.ts';
import { mixed } from './mixed.ts';
import { mondayMorning } from './monday-morning.ts';
import { nightlySpike } from './nightly-spike.ts';
import type { Pattern } from './pattern.ts';
import { mondayAt } from './rhythm.ts';
import { sceneOf } from './scene.ts';
import { steady } from './steady.ts';
import type { PlannedJob, Workload } from './workload.ts';

export interface SyntheticOptions {
  readonly jobs: number;
  readonly chance: Chance;
  /** Those of the configured fleets; most jobs are for the first. */
  readonly labelSets: readonly (readonly string[])[];
  /** Each `owner/name`; the first are the busy ones. */
  readonly repositories?: readonly string[];
  /** On average. Without it 1,000, and fewer where the workload would be over in less than half an hour. */
  readonly jobsAnHour?: number;
}

const parts: Readonly<Record<string, Pattern>> = {
  'matrix-bursts': matrixBursts,
  'nightly-spike': nightlySpike,
  'monday-morning': mondayMorning,
  'approval-gates': approvalGates,
  cancellations,
  'long-tails': longTails,
  steady,
};

const patterns: ReadonlyMap<string, Pattern> = new Map([['mixed', mixed(parts)], ...Object.entries(parts)]);

/** All that there are; the first is the one to take when nobody says which. */
export const workloadNames: readonly string[] = [...patterns.keys()];

const usualRepositories = ['acme/app', 'acme/api', 'acme/web', 'acme/infra', 'acme/docs'];
const usualJobsAnHour = 1_000;
const shortestRunHours = 0.5;

/** Invented jobs: the same for the same seed, whoever asks and however often. */
export function syntheticWorkload(name: string, options: SyntheticOptions): Workload {
  const pattern = patternOf(name);
  const problems = problemsOf(options);
  if (problems.length > 0) throw new ConfigError(problems);

  const { jobs, chance, labelSets, repositories = usualRepositories } = options;
  const { jobsAnHour = Math.min(usualJobsAnHour, jobs / shortestRunHours) } = options;
  const startAt = pattern.startAt ?? mondayAt;
  const scene = () => sceneOf({ jobs, jobsAnHour, startAt, labelSets, repositories, chance: chance.stream(name) });
  return { name, count: jobs, startAt, jobs: () => firstOf(jobs, pattern.jobs(scene())) };
}

function patternOf(name: string): Pattern {
  const pattern = patterns.get(name);
  if (pattern) return pattern;
  const meant = nearestName(name, workloadNames);
  const hint = meant ? ` Did you mean ${meant}?` : '';
  throw new ConfigError([
    `There is no workload ${JSON.stringify(name)}.${hint} Write one of: ${workloadNames.join(', ')}.`,
  ]);
}

function problemsOf({ jobs, labelSets, repositories, jobsAnHour = usualJobsAnHour }: SyntheticOptions): string[] {
  const problems: string[] = [];
  if (!(Number.isSafeInteger(jobs) && jobs >= 1)) problems.push(`jobs is ${jobs}: write a whole number from 1 on.`);
  if (!(jobsAnHour > 0 && Number.isFinite(jobsAnHour)))
    problems.push(`jobsAnHour is ${jobsAnHour}: write a number above 0.`);
  if (labelSets.length === 0 || labelSets.some(({ length }) => length === 0))
    problems.push('labelSets: write the labels of each fleet, one fleet and one label at least.');
  if (repositories?.length === 0) problems.push('repositories is empty: write one at least, as owner/name.');
  return problems;
}

function* firstOf(count: number, jobs: Iterable<PlannedJob>): Generator<PlannedJob> {
  let told = 0;
  for (const job of jobs) {
    yield job;
    told += 1;
    if (told === count) return;
  }
}
