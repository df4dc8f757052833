import type { Workload } from '../workloads/workload.ts';
import { type JobColumns, jobColumns } from './job-columns.ts';
import { TraceError } from './trace-error.ts';
import type { TraceJob } from './trace-job.ts';

/** What became of a file of jobs. */
export interface Trace extends Workload {
  /** Jobs that are no part of it, by why: `was skipped`. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/** Collects a trace while its file is read, whatever the file's format. `place`: where in the file, for people. */
export interface Gathering {
  take(job: TraceJob, place: string): void;
  leaveOut(why: string): void;
  complain(place: string, sentence: string): void;
  /** The file can't be read at all. */
  refuse(sentence: string): never;
  /** What came together; fails with all complaints. */
  trace(): Trace;
}

const problemsLimit = 10;
const usualJobsLimit = 5_000_000;
const daysLimit = 366;

interface Edge {
  readonly at: number;
  readonly place: string;
}

export function gathering(fileName: string, jobsLimit = usualJobsLimit): Gathering {
  const columns = jobColumns();
  const leftOut = new Map<string, number>();
  const problems: string[] = [];
  let complaints = 0;
  let first: Edge | undefined;
  let last: Edge | undefined;

  const refuse = (sentence: string): never => {
    throw new TraceError(fileName, [sentence]);
  };

  return {
    refuse,
    take(job, place) {
      if (columns.count === jobsLimit)
        refuse(`It has more than ${jobsLimit.toLocaleString('en')} jobs; cut it into several files.`);
      columns.add(job);
      if (first === undefined || job.queuedAt < first.at) first = { at: job.queuedAt, place };
      if (last === undefined || job.queuedAt > last.at) last = { at: job.queuedAt, place };
    },
    leaveOut: (why) => void leftOut.set(why, (leftOut.get(why) ?? 0) + 1),
    complain(place, sentence) {
      complaints += 1;
      if (problems.length < problemsLimit) problems.push(`${place}: ${sentence}`);
    },
    trace() {
      if (complaints > 0) throw new TraceError(fileName, problems, complaints - problems.length);
      if (first === undefined || last === undefined) return refuse(emptyBecause(leftOut));
      // One mistyped year would make the simulation live through decades.
      if (last.at - first.at > daysLimit * 86_400_000) return refuse(tooLong(first, last));
      return traceOf(fileName, columns, first.at, leftOut);
    },
  };
}

function traceOf(name: string, columns: JobColumns, firstAt: number, leftOut: Trace['leftOut']): Trace {
  const startAt = Math.floor(firstAt / 60_000) * 60_000;
  const inOrder = columns.inOrder();
  return {
    name,
    count: columns.count,
    startAt,
    leftOut,
    *jobs() {
      for (const { queuedAt, ...job } of inOrder()) yield { atSeconds: (queuedAt - startAt) / 1_000, ...job };
    },
  };
}

function emptyBecause(leftOut: Trace['leftOut']): string {
  const reasons = [...leftOut].map(([why, count]) => `${count} × ${why}`).join(', ');
  return reasons ? `It has no job that could be used: ${reasons}.` : 'It has no jobs; write a row for each.';
}

function tooLong(first: Edge, last: Edge): string {
  const [from, to] = [first, last].map(({ at, place }) => `${place} is of ${new Date(at).toISOString().slice(0, 10)}`);
  return `A trace covers at most ${daysLimit} days, but ${from} and ${to}; correct the wrong one, or cut the file.`;
}
