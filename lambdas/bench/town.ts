import { after } from '../src/core/instant.ts';
import { scaleDown } from '../src/functions/scale-down/scale-down.ts';
import { scaleUp } from '../src/functions/scale-up/scale-up.ts';
import { sweep } from '../src/functions/sweep/sweep.ts';
import type { World } from '../src/functions/world.ts';
import type { Queue } from '../src/ports/queue.ts';
import { type City, city } from '../tests/city/city.ts';
import { idsFrom, queueJobs } from '../tests/city/traffic.ts';
import { jobOffice } from './job-office.ts';
import { limitedForge } from './limited-forge.ts';
import { machineLives } from './machine-lives.ts';
import { silentLog } from './silent-log.ts';

export interface TownOptions {
  readonly jobs: number;
  readonly apps: readonly string[];
  readonly jobSeconds: number;
}

export interface Town {
  readonly city: City;
  /** Calls that no adapter counts by itself. */
  readonly counts: TownCounts;
  readonly refusals: () => number;
  /** Virtual minutes since the jobs were queued: until all have started, and until every machine is gone. */
  untilStarted(): Promise<number>;
  untilGone(): Promise<number>;
}

interface TownCounts {
  sends: number;
  /** Lists of machines that scale-up made. */
  launchPathLists: number;
}

/** An event source mapping's batch, and how many are worked on side by side (`maximum_concurrency`). */
const batchLimit = 100;
const scaleUpsAtOnce = 3;
const limitMinutes = 60;
/** SQS takes so many messages a call. */
const requestsPerSend = 10;

/**
 * A deployment under a burst, on the manual clock: the real functions, a real host a machine, and a forge that keeps
 * its documented limits. Like the city of the tests, but nothing in it grows with the square of the jobs.
 */
export async function town({ jobs, apps, jobSeconds }: TownOptions): Promise<Town> {
  const place = city({ apps, fleets: [{ runnersMaximumCount: -1 }] });
  const forge = limitedForge(place.forge, place.clock);
  const counts: TownCounts = { sends: 0, launchPathLists: 0 };
  const world: World = { ...place.world, log: silentLog, queue: countedQueue(place.queue, counts) };
  const office = jobOffice(place, world, jobSeconds);
  const lives = machineLives(place, world, office);

  const startedAt = place.clock.now();
  await queueJobs({ ...place, world }, idsFrom(1, jobs));
  every(place, 1, lives.tick);
  for (let i = 0; i < scaleUpsAtOnce; i++) {
    const own = { ...world, compute: countedCompute(place.compute, counts), forge: forge.client() };
    every(place, 1, () => drainQueue(place, own));
  }
  every(place, world.timing.scaleDownSeconds, () => scaleDown(inTime(world)));
  every(place, world.timing.sweepSeconds, () => sweep(inTime(world)));

  const minutesUntil = async (condition: () => boolean): Promise<number> => {
    while (!condition()) {
      if (place.clock.now() > after(startedAt, limitMinutes * 60)) throw new Error(`Not in ${limitMinutes} minutes.`);
      await place.clock.advance(1);
    }
    return (place.clock.now() - startedAt) / 60_000;
  };
  return {
    city: place,
    counts,
    refusals: forge.refusals,
    untilStarted: () => minutesUntil(() => office.started() >= jobs),
    untilGone: () => minutesUntil(() => office.started() >= jobs && lives.alive() === 0),
  };
}

const countedQueue = (queue: Queue, counts: TownCounts): Queue => ({
  send: (requests, delaySeconds) => {
    counts.sends += Math.ceil(requests.length / requestsPerSend);
    return queue.send(requests, delaySeconds);
  },
});

const countedCompute = (compute: World['compute'], counts: TownCounts): World['compute'] => ({
  ...compute,
  list: (filter) => {
    counts.launchPathLists += 1;
    return compute.list(filter);
  },
});

function every({ clock }: City, seconds: number, work: () => Promise<unknown>): void {
  void (async () => {
    for (;;) {
      await work();
      await clock.sleep(seconds);
    }
  })();
}

async function drainQueue({ queue }: City, world: World): Promise<void> {
  const deliveries = await queue.receive(batchLimit);
  if (deliveries.length === 0) return;
  const { failed } = await scaleUp(inTime(world), deliveries);
  await queue.acknowledge(deliveries.map(({ receipt }) => receipt).filter((receipt) => !failed.includes(receipt)));
}

/** Each invocation has a function's own time. */
const inTime = (world: World): World => ({
  ...world,
  deadlineAt: after(world.clock.now(), world.timing.scaleUpLimitSeconds),
});
