import type { FleetConfig } from '../core/config.ts';
import type { Job, JobState } from '../core/job.ts';
import { areWithinLimits } from '../core/label-limits.ts';
import type { Lane } from '../core/lane.ts';
import { fleetFor, laneFor, selfHosted } from '../core/match.ts';
import type { World } from './world.ts';

export interface RecordedJob {
  readonly fleet: FleetConfig;
  readonly lane: Lane;
  /** What the ledger knows now, which may be further than what was told. */
  readonly state: JobState;
  /** Whether demand was raised. */
  readonly isNewlyQueued: boolean;
}

type RecordingWorld = Pick<World, 'config' | 'ledger' | 'clock'>;

/** Where a job goes today; undefined: no fleet matches. */
export function routeOf(config: World['config'], job: Job): { fleet: FleetConfig; lane: Lane } | undefined {
  const fleet = fleetFor(job, config.fleets);
  const lane = fleet && laneFor(fleet, job);
  return fleet && lane && { fleet, lane };
}

/** Whoever heard of a job, a webhook or the sweep, tells the ledger in this one way. */
export async function recordJob(world: RecordingWorld, job: Job): Promise<RecordedJob | 'not-ours'> {
  if (!areWithinLimits(job.labels)) return 'not-ours';
  const route = routeOf(world.config, job);
  const now = world.clock.now();
  if (route === undefined) {
    // Kept, and matched again when the configuration changes: it may only be a fleet that is not there yet.
    if (selfHosted(job.labels, world.config.fleets)) await world.ledger.record(job, null, now);
    return 'not-ours';
  }
  const { after, changed } = await world.ledger.record(job, route.lane, now);
  return { ...route, state: after, isNewlyQueued: changed && after === 'queued' };
}
