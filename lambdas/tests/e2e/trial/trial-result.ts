import type { ShownJob } from '../../../src/fakes/github/shapes/shown-job.ts';

/** The last line of the end-to-end run. */
export interface TrialResult {
  readonly jobs: number;
  readonly ran: number;
  readonly lost: number;
  readonly ranTwice: number;
  readonly instancesLeft: number;
  readonly registrationsLeft: number;
  /** Machines that had power at once, as EC2's double counted them. */
  readonly peakRunners: number;
  readonly limit: number;
  readonly deadLetters: number;
  /** By role and what it called, retries included; `forge`: by all of them. */
  readonly calls: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly seconds: number;
}

export type JobCounts = Pick<TrialResult, 'jobs' | 'ran' | 'lost' | 'ranTwice'>;

export function countJobs(jobs: readonly ShownJob[]): JobCounts {
  const ran = jobs.filter(({ starts, conclusion }) => starts >= 1 && conclusion === 'success').length;
  return {
    jobs: jobs.length,
    ran,
    lost: jobs.length - ran,
    ranTwice: jobs.filter(({ starts }) => starts > 1).length,
  };
}

/** Which of the promises it broke, in words; none: all were kept. */
export function brokenPromises(result: TrialResult): readonly string[] {
  const { lost, ranTwice, instancesLeft, registrationsLeft, peakRunners, limit, deadLetters } = result;
  return [
    lost > 0 && `${lost} jobs never ran`,
    ranTwice > 0 && `${ranTwice} jobs ran more than once`,
    instancesLeft > 0 && `${instancesLeft} machines are left`,
    registrationsLeft > 0 && `${registrationsLeft} registrations are left`,
    peakRunners > limit && `${peakRunners} runners at once, and the limit is ${limit}`,
    deadLetters > 0 && `${deadLetters} messages among the dead letters`,
  ].filter((sentence) => sentence !== false);
}
