import type { LaneJob } from '../core/lane-view.ts';
import type { JobRow } from '../ports/ledger.ts';

/** A job row as a lane would show it; undefined once it is done. */
export function jobInLane({ job, recordedAt }: JobRow): LaneJob | undefined {
  if (job.state === 'done') return undefined;
  return {
    key: job.key,
    ref: job.ref,
    state: job.state,
    queuedAt: job.queuedAt ?? recordedAt,
    launches: 0,
    ...(job.runnerName === undefined ? {} : { runnerName: job.runnerName }),
    ...(job.startedAt === undefined ? {} : { startedAt: job.startedAt }),
  };
}
