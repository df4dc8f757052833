import { laneKey } from '../../core/lane.ts';
import { isAllowed } from '../allow-list.ts';
import { recordJob } from '../record-job.ts';
import { hasTime, type World } from '../world.ts';

const cursorName = 'missed-events';
/** Events a sweep takes in at most; the cursor is durable, and the next sweep goes on. */
const eventLimit = 1000;

/** Deliveries that the forge could not deliver, since the last one that was heard here. */
export async function hearMissedEvents(world: World): Promise<number> {
  const { config, forge, ledger, log, queue } = world;
  const lanes = new Set<string>();
  let heard = 0;
  let cursor: string | undefined;
  for await (const missed of forge.missedEvents(await ledger.cursor(cursorName))) {
    const { event } = missed;
    if (event?.type === 'job' && isAllowed(event.job.ref.repo, config.repositoryAllowList)) {
      const recorded = await recordJob(world, event.job);
      if (recorded !== 'not-ours' && recorded.isNewlyQueued) {
        const lane = laneKey(recorded.lane);
        lanes.add(lane);
        log.info('sweep', { lane, job: event.job.key, kind: 'record', reason: 'missed-event' });
      }
      heard += 1;
    }
    // Only once it is recorded may the cursor pass it.
    cursor = missed.cursor;
    if (heard >= eventLimit || !hasTime(world)) break;
  }
  await queue.send(
    [...lanes].map((lane) => ({ lane, reason: 'missed-event' })),
    0,
  );
  if (cursor !== undefined) await ledger.saveCursor(cursorName, cursor);
  return heard;
}
