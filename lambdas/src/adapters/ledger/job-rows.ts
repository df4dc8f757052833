import { after, type Instant } from '../../core/instant.ts';
import type { Job, JobState } from '../../core/job.ts';
import { type Disproved, isDisproved, isLaterState, joinJobs, takenBack } from '../../core/job-state.ts';
import { type Lane, laneKey, laneOf } from '../../core/lane.ts';
import type { JobRow, LaneJob, Ledger, Recorded } from '../../ports/ledger.ts';
import { keys } from './keys.ts';
import { allRows, fromRow, isAlike, toAttributes } from './rows.ts';
import type { Table, Write } from './table.ts';

interface StoredJob {
  readonly job: Job;
  /** Null: its labels match no fleet today. */
  readonly lane: string | null;
  readonly recordedAt: Instant;
  readonly version: number;
  readonly disproved?: Disproved;
  readonly doubt?: LaneJob['doubt'];
  readonly readAt?: Instant;
}

const unknownToForge = 'unknown-to-forge';

/** More writers than this at once for one job would be a bug, not a race. */
const attemptLimit = 20;

/** What becomes of what is known; undefined: nothing. */
type Decide = (known: StoredJob | undefined) => StoredJob | undefined;

type JobRows = Pick<Ledger, 'record' | 'confirm' | 'relane' | 'job' | 'unmatchedJobs' | 'repositories'>;

/** The truth about jobs, and its projections into lanes, always in one transaction. */
export function jobRows(table: Table, tombstoneSeconds: number): JobRows {
  const register = registry(table);

  async function stored(key: string): Promise<StoredJob | undefined> {
    const [row] = await table.get([keys.job(key)]);
    return row && fromRow<StoredJob>(row);
  }

  /** Read, decide, write by condition; whoever was overtaken decides again. Of what is probably new nothing is read first. */
  async function change(key: string, decide: Decide, isProbablyNew = false): Promise<Recorded> {
    for (let attempt = 0; attempt < attemptLimit; attempt++) {
      const known = isProbablyNew && attempt === 0 ? undefined : await stored(key);
      const written = await put(known, decide(known));
      if (written !== 'overtaken') return written;
    }
    throw new Error(`The row of job ${key} was written by others ${attemptLimit} times in a row; try again.`);
  }

  async function put(known: StoredJob | undefined, next: StoredJob | undefined): Promise<Recorded | 'overtaken'> {
    if (next === undefined || (known !== undefined && isSame(known, next))) return recorded(known, known);
    if (known?.lane !== next.lane) await register(next);
    const outcome = await table.transact(writesOf(known, next, tombstoneSeconds));
    return outcome.kind === 'written' ? recorded(known, next) : 'overtaken';
  }

  return {
    record: (job, lane, now) => change(job.key, (known) => told(known, job, lane, now), isFirstWord(job)),
    confirm: (key, says, now, rereadSeconds) => change(key, (known) => known && read(known, says, now, rereadSeconds)),
    async relane(key, lane, now) {
      const to = lane === null ? null : laneKey(lane);
      await change(key, (known) => known && { ...known, lane: to, recordedAt: now, version: known.version + 1 });
    },
    async job(key) {
      const row = await stored(key);
      return row && jobRowOf(row);
    },
    async unmatchedJobs() {
      const rows = await allRows(table, keys.unmatched('').pk);
      const found = await Promise.all(rows.map((row) => stored(row.key.sk)));
      return found.filter((row) => row !== undefined).map(jobRowOf);
    },
    async repositories() {
      return (await allRows(table, keys.repository('').pk)).map((row) => row.key.sk);
    },
  };
}

const jobRowOf = (row: StoredJob): JobRow => ({
  job: row.job,
  lane: row.lane === null ? null : (laneOf(row.lane) ?? null),
  recordedAt: row.recordedAt,
});

function recorded(known: StoredJob | undefined, next: StoredJob | undefined): Recorded {
  const before = known?.job.state;
  return { before, after: next?.job.state ?? 'done', changed: next !== undefined && before !== next.job.state };
}

const isFirstWord = ({ state }: Job): boolean => state === 'queued' || state === 'blocked';

const isSame = (a: StoredJob, b: StoredJob): boolean =>
  isAlike({ ...a, version: 0, recordedAt: 0 }, { ...b, version: 0, recordedAt: 0 });

function told(known: StoredJob | undefined, job: Job, lane: Lane | null, now: Instant): StoredJob | undefined {
  const to = lane === null ? null : laneKey(lane);
  if (known === undefined) return { job, lane: to, recordedAt: now, version: 1 };
  // Closed because the forge did not know it, which an outage of rights looks like as well: its word outweighs that.
  if (known.job.conclusion === unknownToForge && job.state !== 'done') {
    return { job, lane: known.lane ?? to, recordedAt: now, version: known.version + 1 };
  }
  if (isDisproved(job, known.disproved)) return known;
  const joined = joinJobs(known.job, job);
  const isForward = isLaterState(joined.state, known.job.state);
  const { doubt, ...rest } = known;
  return {
    ...rest,
    ...(doubt === undefined || isForward ? {} : { doubt }),
    job: joined,
    // A job stays in the lane that it was recorded in: only a change of configuration moves it.
    lane: known.lane ?? to,
    recordedAt: isForward ? now : known.recordedAt,
    version: known.version + 1,
  };
}

/** One read that disagrees is a doubt; a second that agrees with the first, later, moves the job. */
function read(known: StoredJob, says: Job | null, now: Instant, rereadSeconds: number): StoredJob {
  if (known.job.state === 'done') return known;
  const { doubt, ...rest } = known;
  const sure = { ...rest, readAt: now };
  const version = known.version + 1;
  const word: JobState | 'unknown' = says?.state ?? 'unknown';
  if (says !== null && !isLaterState(known.job.state, says.state)) {
    return { ...sure, job: joinJobs(known.job, says), version };
  }
  if (doubt === undefined || doubt.says !== word) return { ...sure, doubt: { says: word, at: now }, version };
  if (now < after(doubt.at, rereadSeconds)) return known;
  if (says === null) {
    const job: Job = { ...known.job, state: 'done', conclusion: unknownToForge, doneAt: now };
    return { ...sure, job, recordedAt: now, version };
  }
  return { ...sure, ...takenBack(known.job, says), recordedAt: now, version };
}

function writesOf(known: StoredJob | undefined, next: StoredJob, tombstoneSeconds: number): readonly Write[] {
  const { key, state } = next.job;
  const expiresAt = Math.ceil(after(next.recordedAt, tombstoneSeconds) / 1000);
  const truth: Write = {
    kind: 'put',
    key: keys.job(key),
    attributes: toAttributes(state === 'done' ? { ...next, expiresAt } : next),
    if: known === undefined ? [{ row: 'absent' }] : [{ attribute: 'version', is: 'equal', value: known.version }],
  };
  const place = placeOf(next);
  const old = known && placeOf(known);
  const projections: Write[] = [];
  if (old !== undefined && (place === undefined || place.pk !== old.pk)) projections.push({ kind: 'delete', key: old });
  if (place !== undefined) projections.push(projection(place, next));
  return [truth, ...projections];
}

/** Where a job that is not done is listed beside its row. */
function placeOf({ job, lane }: StoredJob) {
  if (job.state === 'done') return undefined;
  const to = lane === null ? undefined : laneOf(lane);
  return to === undefined ? keys.unmatched(job.key) : keys.laneJob(to, job.key);
}

function projection(place: Write['key'], { job, doubt, readAt, recordedAt }: StoredJob): Write {
  const running = job.state === 'running';
  const set = toAttributes({
    key: job.key,
    ref: job.ref,
    state: job.state,
    queuedAt: job.queuedAt ?? recordedAt,
    runnerName: running ? job.runnerName : undefined,
    startedAt: running ? job.startedAt : undefined,
    doubt,
    readAt,
  });
  const remove = ['runnerName', 'startedAt', 'doubt'].filter((name) => !(name in set));
  // `launches` belongs to the lane's own writes, so the projection is updated, never replaced, and begins to count at 0.
  return { kind: 'update', key: place, set, add: { launches: 0 }, remove };
}

/**
 * Lanes and repositories, each written once and before its first job, outside the job's transaction: a burst of webhooks
 * of one repository must not meet on one row.
 */
function registry(table: Table): (row: StoredJob) => Promise<void> {
  const known = new Set<string>();
  return async ({ job, lane }) => {
    const to = lane === null ? undefined : laneOf(lane);
    const wanted = [keys.repository(job.ref.repo), ...(to === undefined ? [] : [keys.lanes(to)])];
    for (const key of wanted) {
      const name = `${key.pk} ${key.sk}`;
      if (known.has(name)) continue;
      const [found] = await table.get([key]);
      if (found === undefined) await table.transact([{ kind: 'put', key, attributes: {} }]);
      known.add(name);
    }
  };
}
