import type { Lane } from '../core/lane.ts';
import type { Usage } from '../core/lane-view.ts';
import { hasWorked, isJobDone } from '../core/runner.ts';
import type { RunnerMove } from '../ports/ledger.ts';
import { noteBootTimes } from './note-boot-times.ts';
import { noteClosedBoots } from './note-boots.ts';
import type { World } from './world.ts';

/** Slots of one lane that are free again. */
export interface FreedSlots {
  readonly lane: Lane;
  readonly count: number;
  /** All their machines had done the one job that they were there for: nobody counted on them. */
  readonly areJobsDone: boolean;
  /** As it was read afterwards. */
  readonly usage: Usage;
}

/**
 * Frees the slots of machines that are gone. Their hosts' rows, which may hold a grant, go first: once the ledger has
 * forgotten a machine, nobody comes back for them. They go again after it, as a pass may have made one anew meanwhile.
 * Undefined: others had freed them.
 */
export async function closeRunners(
  world: World,
  lane: Lane,
  closings: readonly RunnerMove[],
): Promise<FreedSlots | undefined> {
  if (closings.length === 0) return undefined;
  const all = closings.map(({ row }) => row.instanceId);
  const hosts = await world.hosts.read(lane, all);
  await world.hosts.close(lane, all);
  const moves = closings.map((move) => ({ ...move, hasWorked: hasWorked(hosts.get(move.row.instanceId)) }));
  const ids = await world.ledger.move(lane, moves, 'gone', world.clock.now());
  if (ids.length === 0) return undefined;
  // Whoever moved it, and nobody else, counts its boot.
  const closed = closings.filter(({ row }) => ids.includes(row.instanceId));
  await world.hosts.close(lane, ids);
  const gone = closed.flatMap(({ row }) => hosts.get(row.instanceId) ?? []);
  noteBootTimes(world.log, lane, gone);
  const usage = await world.ledger.usage(lane.fleet, []);
  await noteClosedBoots(world, lane, closed, hosts, usage.breaker);
  return { lane, count: ids.length, areJobsDone: ids.every((id) => isJobDone(hosts.get(id))), usage };
}
