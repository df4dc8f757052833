import { type Lane, laneKey } from '../core/lane.ts';
import { hasWorked } from '../core/runner.ts';
import type { RunnerMove } from '../ports/ledger.ts';
import { longestStarving } from './longest-starving.ts';
import { noteBootTimes } from './note-boot-times.ts';
import { noteClosedBoots } from './note-boots.ts';
import type { World } from './world.ts';

/**
 * Frees the slots of machines that are gone. Their hosts' rows, which may hold a grant, go first: once the ledger has
 * forgotten a machine, nobody comes back for them. They go again after it, as a pass may have made one anew meanwhile.
 */
export async function closeRunners(world: World, lane: Lane, closings: readonly RunnerMove[]): Promise<number> {
  if (closings.length === 0) return 0;
  const all = closings.map(({ row }) => row.instanceId);
  const hosts = await world.hosts.read(lane, all);
  await world.hosts.close(lane, all);
  const moves = closings.map((move) => ({ ...move, hasWorked: hasWorked(hosts.get(move.row.instanceId)) }));
  const ids = await world.ledger.move(lane, moves, 'gone', world.clock.now());
  // Whoever moved it, and nobody else, counts its boot.
  const closed = closings.filter(({ row }) => ids.includes(row.instanceId));
  await world.hosts.close(lane, ids);
  const gone = closed.flatMap(({ row }) => hosts.get(row.instanceId) ?? []);
  noteBootTimes(world.log, lane, gone);
  await noteClosedBoots(world, lane, closed, hosts);
  return ids.length;
}

/**
 * A slot is free: rings for the lane that has starved longest in that fleet, and in the deployment, without delay. The
 * lane itself is rung for too: it may have jobs that the gone runner was to take.
 */
export async function ringAfterFreeing(world: World, lanes: readonly Lane[]): Promise<void> {
  if (lanes.length === 0) return;
  const fleets = [...new Set(lanes.map(({ fleet }) => fleet))];
  const rung = new Set(lanes.map(laneKey));
  for (const fleet of fleets) for (const lane of await longestStarving(world, fleet)) rung.add(lane);
  await world.queue.send(
    [...rung].map((lane) => ({ lane, reason: 'slot-freed' })),
    0,
  );
}
