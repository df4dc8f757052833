import { after, type Instant } from '../../core/instant.ts';
import { laneKey } from '../../core/lane.ts';
import type { JobRow } from '../../ports/ledger.ts';
import { inParallel } from '../in-parallel.ts';
import { routeOf } from '../record-job.ts';
import { hasTime, type World } from '../world.ts';
import type { SweepFacts } from './observe-deployment.ts';

const cursorName = 'fleets';
const readsAtOnce = 10;

/**
 * After a change of configuration, waiting jobs find their lane anew: also those that matched nothing before. Those of a
 * removed fleet do so at any time, as whoever still knew that fleet may record one later, and a lost runner's job returns.
 */
export async function rematchJobs(world: World, facts: SweepFacts): Promise<number> {
  const { clock, config, ledger, log, queue, timing } = world;
  const fleets = config.fleets.map(({ name, hash }) => `${name}:${hash}`).join(' ');
  const changedAt = await changeSeenAt(world, fleets);
  const isChanged = changedAt !== undefined;
  const isOldEnough = isChanged && clock.now() >= after(changedAt, timing.scaleUpLimitSeconds);

  const all = [...(await waitingRows(world, facts, isChanged)), ...(isChanged ? await ledger.unmatchedJobs() : [])];
  const rung = new Set<string>();
  let moved = 0;
  let isOver = false;
  for (const { job, lane } of all) {
    const to = routeOf(config, job)?.lane ?? null;
    if ((to && laneKey(to)) === (lane && laneKey(lane))) continue;
    isOver = !hasTime(world);
    if (isOver) break;
    await ledger.relane(job.key, to, clock.now());
    log.info('sweep', { job: job.key, lane: to && laneKey(to), kind: 'rematch', reason: 'configuration-changed' });
    if (to !== null) rung.add(laneKey(to));
    moved += 1;
  }
  await queue.send(
    [...rung].map((lane) => ({ lane, reason: 'configuration-changed' })),
    0,
  );
  // Only once all are where they belong, and no function may go on that began before the change and recorded by what it
  // knew, is the change done: nobody looks at them again until the next.
  if (isOldEnough && !isOver && facts.areAllLanesRead) await ledger.saveCursor(cursorName, fleets);
  return moved;
}

/** Undefined: all were matched by this configuration. */
async function changeSeenAt({ clock, ledger }: World, fleets: string): Promise<Instant | undefined> {
  const known = await ledger.cursor(cursorName);
  if (known === fleets) return undefined;
  const begun = (at: Instant): string => `since ${at} ${fleets}`;
  const at = Number(known?.split(' ')[1]);
  if (known === begun(at)) return at;
  // Before any job is moved: were the change taken back half way, nobody would see that some have to go back as well.
  await ledger.saveCursor(cursorName, begun(clock.now()));
  return clock.now();
}

async function waitingRows(world: World, { lanes }: SweepFacts, ofAll: boolean): Promise<readonly JobRow[]> {
  const fleets = new Set(world.config.fleets.map(({ name }) => name));
  const waiting = lanes
    .filter(({ view }) => ofAll || !fleets.has(view.lane.fleet))
    .flatMap(({ view }) => view.jobs)
    .filter(({ state }) => state !== 'running');
  const results = await inParallel(waiting, readsAtOnce, ({ key }) => world.ledger.job(key));
  return results.flatMap((result) => {
    // One that can't be read keeps the configuration from being taken for done.
    if (result.status === 'rejected') throw result.reason;
    return result.value ?? [];
  });
}
