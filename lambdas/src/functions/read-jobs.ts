import { messageOf } from '../core/errors.ts';
import type { LaneJob } from '../core/lane-view.ts';
import { inParallel } from './in-parallel.ts';
import type { World } from './world.ts';

/** Reads a pass makes at most: the rest is read by the next decision, or the next message. */
const readLimit = 40;
const readsAtOnce = 10;

/** Asks the forge about jobs whose word is old. Answers the keys of those that could not be read. */
export async function readJobs(world: World, jobs: readonly LaneJob[]): Promise<ReadonlySet<string>> {
  const { clock, forge, ledger, timing, log } = world;
  const asked = jobs.slice(0, readLimit);
  const results = await inParallel(asked, readsAtOnce, async (job) => {
    const says = await forge.getJob(job.ref);
    const { before, after } = await ledger.confirm(job.key, says, clock.now(), timing.rereadSeconds);
    log.info('read-job', {
      job: job.key,
      kind: before === after ? 'confirmed' : 'moved',
      before,
      after,
      says: says?.state,
    });
  });
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) log.warn('A job could not be read at the forge.', { reason: messageOf(failure.reason) });
  return new Set(asked.filter((_, index) => results[index]?.status === 'rejected').map(({ key }) => key));
}
