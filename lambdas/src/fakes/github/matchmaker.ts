import type { JobRecord } from './jobs.ts';
import type { RunnerRecord } from './runners.ts';

/** Jobs that wait for a runner and runners that wait for a job; never both for the same match. */
export interface Matchmaker {
  /** The listener that takes the job, no longer listening; undefined: the job waits. */
  offerJob(job: JobRecord): RunnerRecord | undefined;
  /** The oldest job that the runner may take, no longer waiting; undefined: the runner listens. */
  offerRunner(runner: RunnerRecord): JobRecord | undefined;
  withdrawJob(job: JobRecord): void;
  withdrawRunner(runner: RunnerRecord): void;
}

/** Alike ones stand in one line, so that a match looks at lines, of which there are few, and not at each one. */
interface Line<Member> {
  readonly key: string;
  readonly labels: ReadonlySet<string>;
  readonly scopes: ReadonlySet<string>;
  readonly members: Map<number, Member>;
}

type Lines<Member> = Map<string, Line<Member>>;
type Numbered = { readonly id: number };

const lowered = (words: readonly string[]): ReadonlySet<string> => new Set(words.map((word) => word.toLowerCase()));
const lineKey = (place: string, labels: readonly string[]): string =>
  JSON.stringify([place.toLowerCase(), ...[...lowered(labels)].sort()]);

export function matchmaker(enterpriseSlug?: string): Matchmaker {
  const jobLines: Lines<JobRecord> = new Map();
  const runnerLines: Lines<RunnerRecord> = new Map();

  const jobLine = (job: JobRecord): Line<JobRecord> => {
    const { fullName, owner } = job.run.repository;
    const scopes = [`repo:${fullName}`, `org:${owner.login}`, `enterprise:${enterpriseSlug ?? ''}`];
    return {
      key: lineKey(fullName, job.labels),
      labels: lowered(job.labels),
      scopes: lowered(scopes),
      members: new Map(),
    };
  };
  const runnerLine = (runner: RunnerRecord): Line<RunnerRecord> => ({
    key: lineKey(runner.scope, runner.labels),
    labels: lowered(runner.labels),
    scopes: lowered([runner.scope]),
    members: new Map(),
  });

  return {
    offerJob(job) {
      const own = jobLine(job);
      const taken = takeFirst(runnerLines, (line) => mayTake(line, own));
      if (!taken) join(jobLines, own, job);
      return taken;
    },
    offerRunner(runner) {
      const own = runnerLine(runner);
      const taken = takeFirst(jobLines, (line) => mayTake(own, line));
      if (!taken) join(runnerLines, own, runner);
      return taken;
    },
    withdrawJob: (job) => leave(jobLines, lineKey(job.run.repository.fullName, job.labels), job.id),
    withdrawRunner: (runner) => leave(runnerLines, lineKey(runner.scope, runner.labels), runner.id),
  };
}

function mayTake(runners: Line<RunnerRecord>, jobs: Line<JobRecord>): boolean {
  const labelled = [...jobs.labels].every((label) => runners.labels.has(label));
  return labelled && [...runners.scopes].some((scope) => jobs.scopes.has(scope));
}

/** The member with the lowest id among the heads of the lines that fit. */
function takeFirst<Member extends Numbered>(
  lines: Lines<Member>,
  fits: (line: Line<Member>) => boolean,
): Member | undefined {
  let first: { readonly key: string; readonly head: Member } | undefined;
  for (const line of lines.values()) {
    const head = fits(line) ? line.members.values().next().value : undefined;
    if (head && (!first || head.id < first.head.id)) first = { key: line.key, head };
  }
  if (first) leave(lines, first.key, first.head.id);
  return first?.head;
}

function join<Member extends Numbered>(lines: Lines<Member>, own: Line<Member>, member: Member): void {
  const line = lines.get(own.key) ?? own;
  lines.set(line.key, line);
  line.members.set(member.id, member);
}

/** Empty lines go, so that lines do not outnumber what stands in them. */
function leave<Member>(lines: Lines<Member>, key: string, id: number): void {
  const line = lines.get(key);
  line?.members.delete(id);
  if (line?.members.size === 0) lines.delete(key);
}
