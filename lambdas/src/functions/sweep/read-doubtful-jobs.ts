import { after, ageSeconds } from '../../core/instant.ts';
import { laneKey } from '../../core/lane.ts';
import type { LaneJob } from '../../core/lane-view.ts';
import { instanceOfName } from '../../core/runner-name.ts';
import { readJobs } from '../read-jobs.ts';
import type { World } from '../world.ts';
import type { SweepFacts } from './observe-deployment.ts';

const readLimit = 40;
/** A running job is asked about now and then, in case the event of its end was lost. */
const runningReadSeconds = 3600;

/** Jobs whose state may be wrong: those in doubt, those of lost runners, and those older than they should be. */
export async function readDoubtfulJobs(world: World, { lanes }: SweepFacts): Promise<number> {
  const alive = new Set(
    lanes.flatMap(({ view }) => view.runners.filter(({ phase }) => phase !== 'gone').map((row) => row.instanceId)),
  );
  const doubtful = lanes.map(({ view }) => ({
    lane: view.lane,
    jobs: view.jobs.filter((job) => isDoubtful(world, job, alive)),
  }));
  const oldestWordFirst = (a: LaneJob, b: LaneJob): number => (a.readAt ?? 0) - (b.readAt ?? 0);
  const jobs = doubtful
    .flatMap((lane) => lane.jobs)
    .sort(oldestWordFirst)
    .slice(0, readLimit);
  if (jobs.length === 0) return 0;
  await readJobs(world, jobs);
  // Whatever moved may have raised demand; a lane that lacks nothing costs one read.
  const touched = doubtful.filter((lane) => lane.jobs.some((job) => jobs.includes(job)));
  await world.queue.send(
    touched.map(({ lane }) => ({ lane: laneKey(lane), reason: 'jobs-were-read' })),
    0,
  );
  return jobs.length;
}

function isDoubtful(world: World, job: LaneJob, alive: ReadonlySet<string>): boolean {
  const { clock, config, timing } = world;
  const now = clock.now();
  if (job.doubt !== undefined) return now >= after(job.doubt.at, timing.rereadSeconds);
  if (job.readAt !== undefined && ageSeconds(job.readAt, now) < timing.jobReadSeconds) return false;
  if (job.state === 'queued') return ageSeconds(job.queuedAt, now) > timing.jobAgeLimitSeconds;
  if (job.state === 'blocked') return false;
  const instanceId = job.runnerName === undefined ? undefined : instanceOfName(config.prefix, job.runnerName);
  if (instanceId !== undefined && !alive.has(instanceId)) return true;
  return ageSeconds(Math.max(job.startedAt ?? 0, job.readAt ?? 0, job.queuedAt), now) > runningReadSeconds;
}
