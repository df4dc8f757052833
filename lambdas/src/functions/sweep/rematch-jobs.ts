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
  const { clock, config, ledger, log, queue } = world;
  const fleets = config.fleets.map(({ name, hash }) => `${name}:${hash}`).join(' ');
  const isChanged = (await ledger.cursor(cursorName)) !== fleets;

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
  // Only once all are where they belong may the change be taken for done: nobody looks at them again until the next.
  if (isChanged && !isOver && facts.areAllLanesRead) await ledger.saveCursor(cursorName, fleets);
  return moved;
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
