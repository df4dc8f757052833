import { after, ageSeconds, type Instant } from './instant.ts';
import type { LaneJob } from './lane-view.ts';
import type { HostRow, RunnerRow, RunnerState } from './runner.ts';
import type { Timing } from './timing.ts';

/** One runner, judged: what it is now, and whether a queued job may count on it. */
export interface Standing {
  readonly row: RunnerRow;
  readonly host: HostRow | undefined;
  /** The running job that names it. */
  readonly job: LaneJob | undefined;
  readonly state: RunnerState;
  readonly reason: string;
  readonly isSupply: boolean;
  /** Busy by its lease alone, so lately that it stands for a queued job whose event is on the way. */
  readonly standsForJob: boolean;
}

export interface StandingPolicy {
  readonly bootLimitSeconds: number;
  readonly timing: Timing;
}

/**
 * Busy is derived: a running job names the runner, or its lease shows a worker. Neither is ever stored, so that a
 * lost or late event leaves no mark that somebody would have to mend.
 */
export function standingOf(
  row: RunnerRow,
  host: HostRow | undefined,
  job: LaneJob | undefined,
  policy: StandingPolicy,
  now: Instant,
): Standing {
  const judged = (state: RunnerState, reason: string, isSupply = false, standsForJob = false): Standing => ({
    row,
    host,
    job,
    state,
    reason,
    isSupply,
    standsForJob,
  });
  if (row.phase === 'gone') return judged('gone', row.reason);
  if (host?.lease?.sees === 'done') return judged('leaving', 'done');
  if (job !== undefined) return judged('busy', 'job-names-it');
  if (host?.lease?.sees === 'busy') {
    const isFresh = isWithin(host.lease.since, policy.timing.unexplainedBusySeconds, now);
    return judged('busy', isFresh ? 'lease-shows-worker' : 'foreign-job', false, isFresh);
  }
  if (row.phase === 'leaving') return judged('leaving', row.reason);
  if (host?.lease?.sees === 'leaving') return judged('leaving', host.lease.reason ?? 'host-leaves');
  if (host?.lease?.sees === 'idle') {
    return row.looks.unlistedTwice ? judged('idle', 'forge-does-not-know-it') : judged('idle', 'waits-for-job', true);
  }
  return youngStanding(row, host, policy, now, judged);
}

/** Its host would go by itself, and nobody told it so: it goes where nobody needs it, and else is told to stay. */
export const isVolunteer = ({ state, row, host }: Standing): boolean =>
  state === 'leaving' && row.phase === 'up' && host?.lease?.sees === 'leaving';

/** A host's clock may run ahead; what it says of the future is not believed for longer than it would be otherwise. */
const isWithin = (since: Instant, seconds: number, now: Instant): boolean =>
  now < after(since, seconds) && since <= after(now, seconds);

type Judge = (state: RunnerState, reason: string, isSupply?: boolean) => Standing;

function youngStanding(
  row: RunnerRow,
  host: HostRow | undefined,
  policy: StandingPolicy,
  now: Instant,
  judged: Judge,
): Standing {
  const state = host?.lease === undefined ? 'launching' : 'booting';
  if (ageSeconds(row.launchedAt, now) > policy.bootLimitSeconds) return judged(state, 'past-boot-limit');
  return judged(state, 'boots', true);
}
