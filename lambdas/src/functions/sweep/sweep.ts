import { messageOf } from '../../core/errors.ts';
import { hasTime, type World } from '../world.ts';
import { hearMissedEvents } from './hear-missed-events.ts';
import { listOpenJobs } from './list-open-jobs.ts';
import { lookAtLanes } from './look-at-lanes.ts';
import { matchMachines } from './match-machines.ts';
import { observeDeployment, type SweepFacts } from './observe-deployment.ts';
import { readDoubtfulJobs } from './read-doubtful-jobs.ts';
import { rematchJobs } from './rematch-jobs.ts';
import { removeStrays } from './remove-strays.ts';

/** What each part found to do; a part that failed says why. */
export type SweepReport = Readonly<Record<string, number | string>>;

type Part = readonly [name: string, run: (world: World, facts: SweepFacts) => Promise<number>];

/** Cheapest and most urgent first: where time runs out, the next sweep begins anew, and durable cursors go on. */
const parts: readonly Part[] = [
  ['closed-or-adopted', matchMachines],
  ['missed-events', hearMissedEvents],
  ['requests', lookAtLanes],
  ['jobs-read', readDoubtfulJobs],
  ['jobs-found', listOpenJobs],
  ['jobs-rematched', rematchJobs],
  ['strays-removed', removeStrays],
];

/**
 * Each minute: closes the gap between what events told and what is. It sends requests and mends rows; it launches
 * nothing and ends no machine. One part that fails never stops the others.
 */
export async function sweep(world: World): Promise<SweepReport> {
  const facts = await observeDeployment(world);
  const report: Record<string, number | string> = {};
  for (const [name, run] of parts) {
    if (!hasTime(world)) break;
    try {
      report[name] = await run(world, facts);
    } catch (error) {
      report[name] = messageOf(error);
      world.log.error('A part of the sweep failed.', { part: name, reason: messageOf(error) });
    }
  }
  world.log.info('sweep', report);
  return report;
}
