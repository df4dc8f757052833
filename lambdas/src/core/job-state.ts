import type { Instant } from './instant.ts';
import type { Job, JobState } from './job.ts';

const rank: Record<JobState, number> = { blocked: 0, queued: 1, running: 2, done: 3 };

export const isLaterState = (a: JobState, b: JobState): boolean => rank[a] > rank[b];

/** What two agreeing reads at the forge took back: a late event that says it again is not believed. */
export interface Disproved {
  readonly state: JobState;
  readonly runnerName?: string;
}

/**
 * What is known after one more telling. A join: commutative, associative and idempotent, so that late, doubled and
 * disordered events end in the same place. A job only moves forward here; moving back takes `takenBack`.
 */
export function joinJobs(known: Job, told: Job): Job {
  const run = laterRun(known, told);
  const end = laterEnd(known, told);
  return {
    key: known.key,
    ref: known.ref,
    state: rank[told.state] > rank[known.state] ? told.state : known.state,
    labels: laterText(known.labels, told.labels),
    ...defined({
      owner: later(known.owner, told.owner),
      enterprise: later(known.enterprise, told.enterprise),
      runnerName: run.runnerName,
      startedAt: run.startedAt,
      conclusion: end.conclusion,
      doneAt: end.doneAt,
      queuedAt: earlier(known.queuedAt, told.queuedAt),
    }),
  };
}

/** Whether a telling repeats what two reads disproved. */
export const isDisproved = (told: Job, disproved: Disproved | undefined): boolean =>
  disproved !== undefined && told.state === disproved.state && told.runnerName === disproved.runnerName;

/** The job as two agreeing reads found it, though the ledger was further. */
export function takenBack(known: Job, says: Job): { readonly job: Job; readonly disproved: Disproved } {
  const { runnerName, startedAt: _startedAt, ...rest } = known;
  return {
    job: { ...rest, state: says.state },
    disproved: { state: known.state, ...defined({ runnerName }) },
  };
}

/** The run that started last names the runner; a re-assigned job has had several. */
function laterRun(a: Job, b: Job): Pick<Job, 'runnerName' | 'startedAt'> {
  if (a.runnerName === undefined || b.runnerName === undefined) {
    const named = a.runnerName === undefined ? b : a;
    if (named.runnerName !== undefined) return named;
    return defined({ startedAt: later(a.startedAt, b.startedAt) });
  }
  const [aAt, bAt] = [a.startedAt ?? 0, b.startedAt ?? 0];
  if (aAt !== bAt) return aAt > bAt ? a : b;
  return a.runnerName >= b.runnerName ? a : b;
}

function laterEnd(a: Job, b: Job): Pick<Job, 'conclusion' | 'doneAt'> {
  const [aAt, bAt] = [a.doneAt ?? 0, b.doneAt ?? 0];
  if (aAt !== bAt) return aAt > bAt ? a : b;
  return (a.conclusion ?? '') >= (b.conclusion ?? '') ? a : b;
}

function laterText(a: readonly string[], b: readonly string[]): readonly string[] {
  return JSON.stringify(a) >= JSON.stringify(b) ? a : b;
}

function later<T extends string | Instant>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

/** Without the fields that are undefined: an absent field and an undefined one must not differ once stored. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: T[K] } = {};
  for (const name in fields) if (fields[name] !== undefined) kept[name] = fields[name];
  return kept as never;
}
