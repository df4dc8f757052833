import { after, ageSeconds } from '../../core/instant.ts';
import { laneKey } from '../../core/lane.ts';
import type { LaneJob } from '../../core/lane-view.ts';
import { instanceOfName } from '../../core/runner-name.ts';
import { jobInLane } from '../lane-job.ts';
import { readJobs } from '../read-jobs.ts';
import type { World } from '../world.ts';
import type { SweepFacts } from './observe-deployment.ts';

const readLimit = 40;
/** In turn, by a durable cursor: a job that can't be read is no reason never to ask about the ones after it. */
const turnCursor = 'doubtful-job';
const unmatchedCursor = 'unmatched-looked-at';
/** A running job is asked about now and then, in case the event of its end was lost; what matches no fleet, as seldom. */
const runningReadSeconds = 3600;

/** Jobs whose state may be wrong: those in doubt, those of lost runners, and those older than they should be. */
export async function readDoubtfulJobs(world: World, { lanes }: SweepFacts): Promise<number> {
  const alive = new Set(
    lanes.flatMap(({ view }) => view.runners.filter(({ phase }) => phase !== 'gone').map((row) => row.instanceId)),
  );
  const known = [...lanes.flatMap(({ view }) => view.jobs), ...(await unmatchedJobs(world))];
  const jobs = await nextInTurn(
    world,
    known.filter((job) => isDoubtful(world, job, alive)),
  );
  if (jobs.length === 0) return 0;
  await readJobs(world, jobs);
  // Whatever moved may have raised demand; a lane that lacks nothing costs one read.
  const read = new Set(jobs);
  const touched = lanes.filter(({ view }) => view.jobs.some((job) => read.has(job)));
  await world.queue.send(
    touched.map(({ view }) => ({ lane: laneKey(view.lane), reason: 'jobs-were-read' })),
    0,
  );
  return jobs.length;
}

async function unmatchedJobs({ clock, ledger }: World): Promise<readonly LaneJob[]> {
  const lookedAt = Number((await ledger.cursor(unmatchedCursor)) ?? 0);
  if (ageSeconds(lookedAt, clock.now()) < runningReadSeconds) return [];
  await ledger.saveCursor(unmatchedCursor, String(clock.now()));
  return (await ledger.unmatchedJobs()).flatMap((row) => jobInLane(row) ?? []);
}

async function nextInTurn({ ledger }: World, doubtful: readonly LaneJob[]): Promise<readonly LaneJob[]> {
  if (doubtful.length <= readLimit) return doubtful;
  const last = (await ledger.cursor(turnCursor)) ?? '';
  const inOrder = [...doubtful].sort((a, b) => (a.key < b.key ? -1 : 1));
  const next = [...inOrder.filter(({ key }) => key > last), ...inOrder].slice(0, readLimit);
  await ledger.saveCursor(turnCursor, next.at(-1)?.key ?? '');
  return [...new Set(next)];
}

function isDoubtful(world: World, job: LaneJob, alive: ReadonlySet<string>): boolean {
  const { clock, config, timing } = world;
  const now = clock.now();
  if (job.doubt !== undefined) return now >= after(job.doubt.at, timing.rereadSeconds);
  if (job.readAt !== undefined && ageSeconds(job.readAt, now) < timing.jobReadSeconds) return false;
  if (job.state === 'queued') return ageSeconds(job.queuedAt, now) > timing.jobAgeLimitSeconds;
  // It is no demand and may wait for an approval for weeks: once a day, in case nobody told us of its end.
  if (job.state === 'blocked')
    return ageSeconds(Math.max(job.readAt ?? 0, job.queuedAt), now) > timing.jobAgeLimitSeconds;
  const instanceId = job.runnerName === undefined ? undefined : instanceOfName(config.prefix, job.runnerName);
  if (instanceId !== undefined && !alive.has(instanceId)) return true;
  return ageSeconds(Math.max(job.startedAt ?? 0, job.readAt ?? 0, job.queuedAt), now) > runningReadSeconds;
}
