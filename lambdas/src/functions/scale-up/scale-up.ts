import { messageOf } from '../../core/errors.ts';
import { groupedBy } from '../../core/grouped-by.ts';
import { type Lane, laneOf } from '../../core/lane.ts';
import type { ScaleUpPlan } from '../../core/scale-up-plan.ts';
import type { Delivery } from '../../ports/queue.ts';
import { inParallel } from '../in-parallel.ts';
import type { World } from '../world.ts';
import { passOverLane } from './pass-over-lane.ts';

export interface LaneOutcome {
  readonly lane: string;
  /** The last plan that was made; undefined where the pass failed before it had one. */
  readonly plan: ScaleUpPlan | undefined;
  /** Machines that were asked for and surely did not come. */
  readonly launchesFailed: number;
}

export interface ScaleUpReport {
  readonly lanes: readonly LaneOutcome[];
  /** Deliveries to hand back to the queue, by receipt: their lane was not read, or its outcome not recorded. */
  readonly failed: readonly string[];
}

/** Lanes looked at side by side: enough to hide latency, few enough for a function's sockets. */
const lanesAtOnce = 8;

/**
 * Each lane once, whatever number of messages rang for it. A message is acknowledged once its lane was read and the
 * outcome recorded: waiting for a slot or for capacity is the lane's own continuation, never a returned message.
 */
export async function scaleUp(world: World, deliveries: readonly Delivery[]): Promise<ScaleUpReport> {
  const byLane = groupedBy(deliveries, ({ request }) => request.lane);
  const keys = [...byLane.keys()];
  const results = await inParallel(keys, lanesAtOnce, async (key) => passOverLane(world, readLane(key)));

  const lanes: LaneOutcome[] = [];
  const failed: string[] = [];
  for (const [index, result] of results.entries()) {
    const lane = keys[index] as string;
    if (result.status === 'fulfilled') {
      lanes.push({ lane, ...result.value });
      continue;
    }
    world.log.error('A lane could not be served; its messages return to the queue.', {
      lane,
      reason: messageOf(result.reason),
    });
    lanes.push({ lane, plan: undefined, launchesFailed: 0 });
    failed.push(...(byLane.get(lane) ?? []).map(({ receipt }) => receipt));
  }
  return { lanes, failed };
}

function readLane(key: string): Lane {
  const lane = laneOf(key);
  if (lane === undefined) throw new Error(`"${key}" is no lane: a request names one as fleet/kind:scope.`);
  return lane;
}
