import { ageSeconds, type Instant } from '../../core/instant.ts';
import { laneKey } from '../../core/lane.ts';
import { fleetFor, laneFor } from '../../core/match.ts';
import type { FactOf } from '../facts.ts';
import type { Breach } from '../result.ts';
import { applicantOf } from './applicant.ts';
import type { CheckedRun, MakeCheck } from './check.ts';

/** What a lane came to since one of its jobs last began. */
interface Streak {
  since: Instant;
  /** Those that wait, and all that did. */
  waiting: number;
  jobs: number;
  launches: number;
  /** Machines of these launches. */
  readonly unused: Set<string>;
}

interface WaitingJob {
  readonly queued: FactOf<'job-queued'>;
  /** Undefined: nobody’s today, or one with a pool. */
  readonly lane: string | undefined;
}

/** Three at once for each job, and probes after one minute, two, four, up to an hour. */
const launchesInFirstHour = 9;
/** A launch is counted after it was made: who dies in between has made it for nobody. */
const uncountedFactor = 2;
/** For what the lane had on its way when its last job began. */
const slack = 5;

/** A job for which runners come and never take it is tried now and then, not again and again. */
export const jobsTriedSparingly: MakeCheck = (run) => {
  const streaks = new Map<string, Streak>();
  const waiting = new Map<string, WaitingJob>();
  const breaches: Breach[] = [];

  const wait = (queued: FactOf<'job-queued'>, lane: string | undefined, at: Instant): void => {
    waiting.set(queued.job, { queued, lane });
    if (lane === undefined) return;
    const streak = streaks.get(lane) ?? { since: at, waiting: 0, jobs: 0, launches: 0, unused: new Set() };
    streaks.set(lane, streak);
    streak.waiting += 1;
    streak.jobs += 1;
  };
  const waitsNoLonger = (job: string): Streak | undefined => {
    const streak = streaks.get(waiting.get(job)?.lane ?? '');
    if (waiting.delete(job) && streak) streak.waiting -= 1;
    return streak;
  };
  /** Fleets came or went: what is tried for a job is tried in another lane, also where none had it before. */
  const moveAll = (at: Instant): void => {
    for (const { queued, lane } of [...waiting.values()]) {
      const today = laneToday(queued, run);
      if (today === lane) continue;
      waitsNoLonger(queued.job);
      wait(queued, today, at);
    }
  };
  const begun = ({ job, instance }: FactOf<'job-started'>, at: Instant): void => {
    const streak = waitsNoLonger(job);
    if (streak) startAnew(streak, at);
    // Another lane's job, or a stranger's, took its runner: that launch was of use, and one is missing here.
    for (const other of streaks.values()) if (other.unused.delete(instance)) other.launches -= 1;
  };
  const startAnew = (streak: Streak, since: Instant): void => {
    Object.assign(streak, { since, jobs: streak.waiting, launches: 0 });
    streak.unused.clear();
  };
  const launched = ({ instance, lane }: FactOf<'instance-launched'>, at: Instant): void => {
    const streak = streaks.get(lane);
    if (streak === undefined || streak.waiting === 0) return;
    streak.launches += 1;
    streak.unused.add(instance);
    const { launches, jobs, since } = streak;
    const limit = uncountedFactor * jobs * (launchesInFirstHour + ageSeconds(since, at) / 3600) + slack;
    if (launches <= limit) return;
    streak.launches = 0;
    streak.unused.clear();
    const what = `It is launch ${launches} in a row of ${lane} that brought none of ${jobs} jobs to run.`;
    breaches.push({ promise: 'nothing-leaked', subject: instance, at, what });
  };

  return {
    witness(fact, at) {
      if (fact.kind === 'job-queued') wait(fact, laneToday(fact, run), at);
      else if (fact.kind === 'job-started') begun(fact, at);
      else if (fact.kind === 'job-ended') waitsNoLonger(fact.job);
      else if (fact.kind === 'instance-launched') launched(fact, at);
      else if (fact.kind === 'configured') moveAll(at);
    },
    breaches: () => breaches,
  };
};

/** A pool is filled again whatever becomes of its machines: the hourly cap is its limit. */
function laneToday(queued: FactOf<'job-queued'>, { fleets }: CheckedRun): string | undefined {
  const job = applicantOf(queued);
  const fleet = fleetFor(job, fleets());
  const lane = fleet && laneFor(fleet, job);
  return lane === undefined || fleet?.poolScope !== undefined ? undefined : laneKey(lane);
}
