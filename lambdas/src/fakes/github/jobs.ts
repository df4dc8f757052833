import type { Instant } from '../../core/instant.ts';
import type { Repository } from './accounts.ts';

export type JobStatus = 'waiting' | 'queued' | 'in_progress' | 'completed';
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'timed_out';

export interface JobRecord {
  readonly id: number;
  readonly run: RunRecord;
  readonly attempt: number;
  readonly name: string;
  readonly labels: readonly string[];
  /** How long its runner has to work. */
  readonly seconds: number;
  readonly createdAt: Instant;
  /** 404, and missing from lists, before. */
  readonly visibleAt: Instant;
  status: JobStatus;
  conclusion: Conclusion | null;
  runner: { readonly id: number; readonly name: string; readonly groupId: number } | null;
  startedAt: Instant | null;
  completedAt: Instant | null;
  cancelRequested: boolean;
  /** How often a runner really started it: more than once is a fault of the forge, none a job that never ran. */
  starts: number;
}

/** One run of a workflow: the jobs of one matrix. */
export interface RunRecord {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly createdAt: Instant;
  /** All jobs of all attempts. */
  readonly jobs: JobRecord[];
  /** How many jobs of the latest attempts are in each state, so that a run's own state costs nothing. */
  readonly tally: Record<JobStatus, number>;
  attempt: number;
  updatedAt: Instant;
}

export interface NewJob {
  readonly labels: readonly string[];
  readonly seconds: number;
  readonly status: 'waiting' | 'queued';
  readonly visibleAt: Instant;
}

export interface Jobs {
  startRun(repository: Repository, now: Instant): RunRecord;
  add(run: RunRecord, wish: NewJob, now: Instant): JobRecord;
  /** The next attempt of a completed job, under a new id. */
  again(job: JobRecord, visibleAt: Instant, now: Instant): JobRecord;
  /** The only way to change a status. */
  move(job: JobRecord, status: JobStatus, now: Instant): void;
  byId(id: number): JobRecord | undefined;
  run(id: number): RunRecord | undefined;
  /** Newest first, as GitHub lists them. */
  runsOf(repository: Repository): readonly RunRecord[];
  all(): readonly JobRecord[];
}

/** Past 2^32, as GitHub's are. */
const firstJobId = 36_531_200_000;
const firstRunId = 13_001_230_000;

export function jobs(): Jobs {
  const byId = new Map<number, JobRecord>();
  const runs = new Map<number, RunRecord>();
  const runsByRepository = new Map<number, RunRecord[]>();

  const nextJobId = (): number => firstJobId + byId.size + 1;
  const append = (run: RunRecord, job: JobRecord): JobRecord => {
    byId.set(job.id, job);
    run.jobs.push(job);
    run.tally[job.status] += 1;
    return job;
  };

  return {
    startRun(repository, now) {
      const known = runsByRepository.get(repository.id) ?? [];
      const id = firstRunId + runs.size + 1;
      const run = newRun({ id, number: known.length + 1, repository, createdAt: now });
      runs.set(id, run);
      runsByRepository.set(repository.id, known);
      known.push(run);
      return run;
    },
    add(run, wish, now) {
      const name = `build (${run.jobs.length + 1})`;
      const { attempt } = run;
      return append(run, { ...wish, ...fresh, id: nextJobId(), run, attempt, name, createdAt: now });
    },
    again(job, visibleAt, now) {
      const { run } = job;
      run.attempt += 1;
      run.updatedAt = now;
      run.tally[job.status] -= 1;
      const { attempt } = run;
      return append(run, { ...job, ...fresh, id: nextJobId(), status: 'queued', attempt, createdAt: now, visibleAt });
    },
    move(job, status, now) {
      job.run.tally[job.status] -= 1;
      job.run.tally[status] += 1;
      job.run.updatedAt = now;
      job.status = status;
    },
    byId: (id) => byId.get(id),
    run: (id) => runs.get(id),
    runsOf: (repository) => (runsByRepository.get(repository.id) ?? []).toReversed(),
    all: () => [...byId.values()],
  };
}

function newRun(given: Pick<RunRecord, 'id' | 'number' | 'repository' | 'createdAt'>): RunRecord {
  const tally = { waiting: 0, queued: 0, in_progress: 0, completed: 0 };
  return { ...given, updatedAt: given.createdAt, attempt: 1, jobs: [], tally };
}

const fresh = { conclusion: null, runner: null, startedAt: null, completedAt: null, cancelRequested: false, starts: 0 };

/** The latest attempt of each of a run's jobs. */
export function latestJobs(run: RunRecord): readonly JobRecord[] {
  return [...new Map(run.jobs.map((job) => [job.name, job])).values()];
}

export function runStatus(run: RunRecord): JobStatus {
  const { waiting, queued, in_progress, completed } = run.tally;
  if (in_progress > 0 || (queued > 0 && completed > 0)) return 'in_progress';
  if (queued > 0) return 'queued';
  return waiting > 0 ? 'waiting' : 'completed';
}

export function runConclusion(run: RunRecord): Conclusion | null {
  if (runStatus(run) !== 'completed') return null;
  const worstFirst: readonly Conclusion[] = ['failure', 'timed_out', 'cancelled'];
  const seen = new Set(latestJobs(run).map((job) => job.conclusion));
  return worstFirst.find((conclusion) => seen.has(conclusion)) ?? 'success';
}
