import { laneKey } from '../../core/lane.ts';
import type { JobRow } from '../../ports/ledger.ts';
import { routeOf } from '../record-job.ts';
import type { World } from '../world.ts';
import type { SweepFacts } from './observe-deployment.ts';

const cursorName = 'fleets';

/** After a change of configuration, waiting jobs find their lane anew: also those that matched nothing before. */
export async function rematchJobs(world: World, { lanes }: SweepFacts): Promise<number> {
  const { clock, config, ledger, queue } = world;
  const fleets = config.fleets.map(({ name, hash }) => `${name}:${hash}`).join(' ');
  if ((await ledger.cursor(cursorName)) === fleets) return 0;

  const waiting = lanes.flatMap(({ view }) => view.jobs).filter(({ state }) => state !== 'running');
  const rows = await Promise.all(waiting.map(({ key }) => ledger.job(key)));
  const all = [...rows.filter((row): row is JobRow => row !== undefined), ...(await ledger.unmatchedJobs())];
  const rung = new Set<string>();
  let moved = 0;
  for (const { job, lane } of all) {
    const to = routeOf(config, job)?.lane ?? null;
    if ((to && laneKey(to)) === (lane && laneKey(lane))) continue;
    await ledger.relane(job.key, to, clock.now());
    if (to !== null) rung.add(laneKey(to));
    moved += 1;
  }
  await queue.send(
    [...rung].map((lane) => ({ lane, reason: 'configuration-changed' })),
    0,
  );
  await ledger.saveCursor(cursorName, fleets);
  return moved;
}
