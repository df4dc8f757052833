import { messageOf } from '../../core/errors.ts';
import { groupedBy } from '../../core/grouped-by.ts';
import { ageSeconds } from '../../core/instant.ts';
import type { Job } from '../../core/job.ts';
import { laneKey } from '../../core/lane.ts';
import type { LaneJob } from '../../core/lane-view.ts';
import { isAllowed } from '../allow-list.ts';
import { readJobs } from '../read-jobs.ts';
import { recordJob } from '../record-job.ts';
import { hasTime, type World } from '../world.ts';
import type { SweepFacts } from './observe-deployment.ts';

/** Repositories a sweep asks about: a list of runs and of their jobs each. Round robin, by a durable cursor. */
const repositoryLimit = 10;
const repositoryCursor = 'repository';
const installedCursor = 'installed-repositories';
/** How often the forge is asked which repositories there are: the ones that never told us of a job. */
const installedSeconds = 3600;

/** Jobs that no event told us of, and jobs in the ledger that the forge no longer lists. */
export async function listOpenJobs(world: World, facts: SweepFacts): Promise<number> {
  const { ledger, queue } = world;
  const lanes = new Set<string>();
  const knownJobs = jobsByRepository(facts);
  let found = 0;
  for (const repo of await nextRepositories(world)) {
    if (!hasTime(world)) break;
    try {
      for (const lane of await listRepository(world, knownJobs.get(repo) ?? [], repo)) {
        lanes.add(lane);
        found += 1;
      }
    } catch (error) {
      // One repository that can't be read never stops the others; its turn comes again.
      world.log.warn('The jobs of a repository could not be listed.', { repo, reason: messageOf(error) });
    }
    await ledger.saveCursor(repositoryCursor, repo);
  }
  await queue.send(
    [...lanes].map((lane) => ({ lane, reason: 'job-without-event' })),
    0,
  );
  return found;
}

/** Answers the lanes, one entry a job, whose demand was raised. */
async function listRepository(world: World, known: readonly LaneJob[], repo: string): Promise<readonly string[]> {
  const raised: string[] = [];
  const listed = new Set<string>();
  const byKey = new Map(known.map((job) => [job.key, job]));
  for await (const job of world.forge.openJobs(repo)) {
    listed.add(job.key);
    // Of most jobs the list says what the lanes have just said; only the others are worth a call each.
    if (saysNothingNew(job, byKey.get(job.key))) continue;
    const recorded = await recordJob(world, job);
    if (recorded === 'not-ours' || !recorded.isNewlyQueued) continue;
    const lane = laneKey(recorded.lane);
    raised.push(lane);
    world.log.info('sweep', { lane, job: job.key, kind: 'record', reason: 'job-without-event' });
  }
  const now = world.clock.now();
  const unlisted = known
    .filter(({ state }) => state !== 'blocked')
    .filter(({ key, queuedAt }) => !listed.has(key) && ageSeconds(queuedAt, now) > world.timing.rereadSeconds)
    .filter(({ readAt }) => readAt === undefined || ageSeconds(readAt, now) > world.timing.rereadSeconds);
  if (unlisted.length > 0) await readJobs(world, unlisted);
  return raised;
}

/** Made once: there are thousands of jobs where many wait. */
const jobsByRepository = ({ lanes }: SweepFacts): ReadonlyMap<string, readonly LaneJob[]> =>
  groupedBy(
    lanes.flatMap(({ view }) => view.jobs),
    ({ ref }) => ref.repo,
  );

const saysNothingNew = (job: Job, known: LaneJob | undefined): boolean =>
  known !== undefined && known.state === job.state && known.runnerName === job.runnerName;

async function nextRepositories(world: World): Promise<readonly string[]> {
  const { config, ledger } = world;
  const known = await ledger.repositories();
  const installed = await installedRepositories(world);
  const all = [...new Set([...known, ...installed])]
    .filter((repo) => isAllowed(repo, config.repositoryAllowList))
    .sort();
  const last = await ledger.cursor(repositoryCursor);
  const next = last === undefined ? 0 : all.findIndex((repo) => repo > last);
  const from = next === -1 ? 0 : next;
  return [...all.slice(from), ...all.slice(0, from)].slice(0, repositoryLimit);
}

/** Remembered in the cursor itself, so that it is asked once an hour, not once a sweep. */
async function installedRepositories(world: World): Promise<readonly string[]> {
  const { clock, forge, ledger } = world;
  const stored = await ledger.cursor(installedCursor);
  const remembered = stored === undefined ? undefined : (JSON.parse(stored) as { at: number; repos: string[] });
  if (remembered !== undefined && ageSeconds(remembered.at, clock.now()) < installedSeconds) return remembered.repos;
  const repos: string[] = [];
  try {
    for await (const repo of forge.repositories()) repos.push(repo);
  } catch (error) {
    // What is known is asked about all the same.
    world.log.warn('The repositories could not be listed.', { reason: messageOf(error) });
    return remembered?.repos ?? [];
  }
  await ledger.saveCursor(installedCursor, JSON.stringify({ at: clock.now(), repos }));
  return repos;
}
