import type { FigureSink } from '../../adapters/metrics/emf-metrics.ts';
import { deploymentFigures } from '../../core/deployment-figures.ts';
import { messageOf } from '../../core/errors.ts';
import { ageSeconds } from '../../core/instant.ts';
import { laneOf } from '../../core/lane.ts';
import { roomIn } from '../../core/leaky-bucket.ts';
import type { LanePlan } from '../../core/scale-down-plan.ts';
import { grantRate } from '../../core/scale-up-plan.ts';
import type { LaneOutcome } from '../scale-up/scale-up.ts';
import type { World } from '../world.ts';

const sweptAtCursor = 'swept-at';

/** A sweep came to its end; who looks at its age finds it here, also when no sweep runs any more. */
export const noteSwept = ({ ledger, clock }: World): Promise<void> =>
  ledger.saveCursor(sweptAtCursor, String(clock.now()));

/**
 * What a scale-down saw of the whole deployment. Dead letters are not among it: SQS itself says how many there are, and
 * says it though no function runs.
 */
export async function reportDeployment(world: World, plans: readonly LanePlan[], figures: FigureSink): Promise<void> {
  const { config, clock, log } = world;
  const fleets = config.fleets.map(({ name }) => name);
  const { queueAge, fleets: ofFleets } = deploymentFigures(plans, fleets, clock.now());
  for (const [fleet, { demand, supply, waitP95Seconds }] of ofFleets) {
    // CloudWatch bills a series for each hour in which it says something, and ten idle fleets have nothing to say.
    if (demand === 0 && supply === 0) continue;
    figures.ofFleet(fleet, [
      { name: 'Demand', unit: 'Count', value: demand },
      { name: 'Supply', unit: 'Count', value: supply },
      { name: 'WaitP95', unit: 'Seconds', value: waitP95Seconds },
    ]);
  }
  figures.ofDeployment([
    { name: 'QueueAgeP50', unit: 'Seconds', value: queueAge.p50Seconds },
    { name: 'QueueAgeP95', unit: 'Seconds', value: queueAge.p95Seconds },
    // Among many jobs, one that nobody takes is in no percentile.
    { name: 'QueueAgeMax', unit: 'Seconds', value: queueAge.oldestSeconds },
  ]);
  try {
    figures.ofDeployment(await figuresOfLedger(world));
  } catch (error) {
    // What was to be done is done: a figure that is missing is no reason to do it again.
    log.warn('Figures could not be read.', { reason: messageOf(error) });
  }
}

async function figuresOfLedger({ config, clock, forge, ledger, timing }: World) {
  const sweptAt = await ledger.cursor(sweptAtCursor);
  const { budgetTat } = await ledger.usage(config.fleets[0]?.name ?? '', forge.apps);
  const rate = grantRate(timing);
  const now = clock.now();
  const shares = forge.apps.map((app) => roomIn(budgetTat.get(app) ?? 0, rate, now) / roomIn(0, rate, now));
  const left = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  return [
    { name: 'ForgeBudgetLeft', unit: 'Percent', value: left * 100 } as const,
    ...(sweptAt === undefined
      ? []
      : [{ name: 'SweepAge', unit: 'Seconds', value: ageSeconds(Number(sweptAt), now) } as const]),
  ];
}

/** Machines that were asked for and did not come, by fleet: also none, so that an alarm has something to look at. */
export function reportLaunches(lanes: readonly LaneOutcome[], figures: FigureSink): void {
  const failed = new Map<string, number>();
  for (const { lane, launchesFailed } of lanes) {
    const fleet = laneOf(lane)?.fleet;
    if (fleet !== undefined) failed.set(fleet, (failed.get(fleet) ?? 0) + launchesFailed);
  }
  for (const [fleet, value] of failed) figures.ofFleet(fleet, [{ name: 'LaunchesFailed', unit: 'Count', value }]);
}
