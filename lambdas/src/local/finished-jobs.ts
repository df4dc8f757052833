import type { Job } from '../core/job.ts';
import type { Lane } from '../core/lane.ts';
import { laneKey } from '../core/lane.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { ShownJob } from './shown-state.ts';

export interface FinishedJobs {
  readonly ledger: Ledger;
  /** Newest first. */
  recent(): readonly ShownJob[];
  /** Since this process started. */
  count(): number;
}

const shownLimit = 200;

/** A ledger that remembers, in this process alone, which jobs it saw end. */
export function finishedJobs(ledger: Ledger): FinishedJobs {
  const ended = new Map<string, ShownJob>();
  let count = 0;

  async function note(key: string): Promise<void> {
    const row = await ledger.job(key);
    if (row === undefined) return;
    count += 1;
    ended.set(key, showEnded(row.job, row.lane, row.recordedAt));
    const oldest = ended.keys().next().value;
    if (ended.size > shownLimit && oldest !== undefined) ended.delete(oldest);
  }

  return {
    ledger: {
      ...ledger,
      async record(job, lane, now) {
        const recorded = await ledger.record(job, lane, now);
        if (recorded.changed && recorded.after === 'done') await note(job.key);
        return recorded;
      },
      async confirm(key, says, now, rereadSeconds) {
        const recorded = await ledger.confirm(key, says, now, rereadSeconds);
        if (recorded.changed && recorded.after === 'done') await note(key);
        return recorded;
      },
    },
    count: () => count,
    recent: () => [...ended.values()].reverse(),
  };
}

function showEnded(job: Job, lane: Lane | null, recordedAt: number): ShownJob {
  return {
    key: job.key,
    repository: job.ref.repo,
    id: job.ref.id,
    state: 'done',
    reason: job.conclusion ?? 'done',
    lane: lane === null ? null : laneKey(lane),
    queuedAt: job.queuedAt ?? recordedAt,
    ...(job.startedAt === undefined ? {} : { startedAt: job.startedAt }),
    doneAt: job.doneAt ?? recordedAt,
    ...(job.runnerName === undefined ? {} : { runner: job.runnerName }),
    ...(job.conclusion === undefined ? {} : { conclusion: job.conclusion }),
  };
}
