import { laneOf } from '../../core/lane.ts';
import { closeRunners } from '../close-runners.ts';
import { ringAfterFreeing } from '../ring-after-freeing.ts';
import type { World } from '../world.ts';

/**
 * The provider said that something happened to one machine: a hint to look, so that a slot is used again within
 * seconds. The event itself is not believed; the machine is read.
 */
export async function lookAtMachine(world: World, instanceId: string): Promise<boolean> {
  for await (const instance of world.compute.list({ ids: [instanceId] })) {
    const lane = laneOf(instance.lane);
    if (lane === undefined || instance.state !== 'terminated') continue;
    // By itself: to read its lane for each machine that ends would cost the lane's square.
    const row = await world.ledger.runner(lane, instanceId);
    if (row === undefined) continue;
    const reason = instance.endReason ?? 'terminated';
    const freed = await closeRunners(world, lane, [{ row, reason }]);
    if (freed === undefined) return false;
    world.log.info('sweep', { lane: instance.lane, runner: instanceId, kind: 'close', reason });
    await ringAfterFreeing(world, [freed]);
    return true;
  }
  return false;
}
