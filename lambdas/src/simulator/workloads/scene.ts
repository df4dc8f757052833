import type { Instant } from '../../core/instant.ts';
import type { Chance } from '../engine/chance.ts';
import { labelsAsWritten } from './labels-as-written.ts';
import type { PlannedJob } from './workload.ts';

export interface SceneSettings {
  readonly jobs: number;
  /** On average, over whole days or weeks. */
  readonly jobsAnHour: number;
  readonly startAt: Instant;
  readonly labelSets: readonly (readonly string[])[];
  readonly repositories: readonly string[];
  readonly chance: Chance;
}

/** Whose jobs a workflow's are, and where they may run. */
export type Origin = Pick<PlannedJob, 'labels' | 'repo'>;

/** What all patterns draw on: the size of the workload, and the jobs of ordinary people. */
export interface Scene extends SceneSettings {
  /** Nothing takes longer, so that a workload of a few jobs is a short one. */
  readonly spanLimitSeconds: number;
  origin(): Origin;
  jobAt(atSeconds: number, origin?: Origin): PlannedJob;
}

/** Each call begins its draws anew. */
export function sceneOf(settings: SceneSettings): Scene {
  const { jobs, jobsAnHour, labelSets, repositories, chance } = settings;
  const origins = chance.stream('origins');
  const durations = chance.stream('durations');
  const spanLimitSeconds = clamp((jobs / jobsAnHour) * 3_600, shortestSpanSeconds, longestSpanSeconds);

  const origin = (): Origin => ({
    labels: labelsAsWritten(labelSets, origins),
    // Squared, so that the first few are the busy ones.
    repo: repositories[Math.floor(origins.fraction() ** 2 * repositories.length)] as string,
  });
  const durationSeconds = (): number =>
    clamp(durations.lognormal(medianSeconds, durationSpread), shortestJobSeconds, spanLimitSeconds);

  return {
    ...settings,
    spanLimitSeconds,
    origin,
    jobAt: (atSeconds, from = origin()) => ({ atSeconds, durationSeconds: durationSeconds(), ...from }),
  };
}

/** With that spread the mean is five minutes. */
const medianSeconds = 180;
const durationSpread = 1;
const shortestJobSeconds = 5;

const shortestSpanSeconds = 1_800;
const longestSpanSeconds = 86_400;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
