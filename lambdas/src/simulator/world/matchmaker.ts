import type { Instant } from '../../core/instant.ts';
import type { Job } from '../../core/job.ts';
import type { PlannedJob } from '../workloads/workload.ts';

/** A runner's process on its machine, as the forge reaches it. */
export interface Listener {
  isAlive(): boolean;
  /** The worker starts. */
  begin(): void;
  /** The worker is done. */
  finish(): void;
  /** The forge tells it that its registration is gone: its process ends. */
  exit?(): void;
}

export interface OfficeJob {
  readonly planned: PlannedJob;
  job: Job;
  /** Nobody tells us of it, and no list: its repository is none of ours, only its labels are. */
  readonly isForeign: boolean;
  /** As it was until `changedAt`. */
  before: Job;
  changedAt: Instant;
  /** To whom it was handed. */
  runner: OfficeRunner | undefined;
  startedAt: Instant | undefined;
  /** In truth, whatever the forge knows yet. */
  isOver: boolean;
}

export interface OfficeRunner {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly labels: readonly string[];
  readonly ephemeral: boolean;
  /** The machine that it is named after. */
  readonly instance: string | undefined;
  readonly registeredAt: Instant;
  online: boolean;
  removed: boolean;
  job: OfficeJob | undefined;
  listener: Listener | undefined;
}

/** Who waits for whom. Jobs alike wait in one line, and runners alike stand in one group, so that no search grows with them. */
export interface Matchmaker {
  wait(job: OfficeJob, isFirst: boolean): void;
  /** It waits no longer. */
  forget(job: OfficeJob): void;
  idle(runner: OfficeRunner): void;
  notIdle(runner: OfficeRunner): void;
  /** Takes the longest waiting one. */
  waitingJobFor(runner: OfficeRunner): OfficeJob | undefined;
  idleRunnerFor(job: OfficeJob): OfficeRunner | undefined;
  /** The first of each line. */
  longestWaiting(): readonly OfficeJob[];
}

interface Line {
  readonly labels: readonly string[];
  /** Where its runners may be registered, beside any enterprise. */
  readonly scopes: ReadonlySet<string>;
  readonly jobs: Set<OfficeJob>;
}

interface Group {
  readonly labels: ReadonlySet<string>;
  readonly scope: string;
  readonly runners: Set<OfficeRunner>;
}

export function matchmaker(): Matchmaker {
  const lines = new Map<string, Line>();
  const groups = new Map<string, Group>();

  const lineOf = ({ job }: OfficeJob): Line => {
    const labels = job.labels.map((label) => label.toLowerCase()).sort();
    const key = `${job.ref.repo} ${labels.join(' ')}`;
    let line = lines.get(key);
    if (line === undefined) {
      line = { labels, scopes: scopesOf(job), jobs: new Set() };
      lines.set(key, line);
    }
    return line;
  };
  const groupOf = (runner: OfficeRunner): Group => {
    const key = `${runner.scope} ${runner.labels.join(' ')}`;
    let group = groups.get(key);
    if (group === undefined) {
      const labels = new Set(runner.labels.map((label) => label.toLowerCase()));
      group = { labels, scope: runner.scope.toLowerCase(), runners: new Set() };
      groups.set(key, group);
    }
    return group;
  };

  return {
    wait(job, isFirst) {
      const { jobs } = lineOf(job);
      if (!isFirst) return void jobs.add(job);
      const others = [...jobs];
      jobs.clear();
      for (const one of [job, ...others]) jobs.add(one);
    },
    forget: (job) => void lineOf(job).jobs.delete(job),
    idle: (runner) => void groupOf(runner).runners.add(runner),
    notIdle: (runner) => void groupOf(runner).runners.delete(runner),
    waitingJobFor(runner) {
      const group = groupOf(runner);
      let best: OfficeJob | undefined;
      let from: Line | undefined;
      for (const line of lines.values()) {
        const [first] = line.jobs;
        if (first === undefined || !fits(group, line)) continue;
        if (best === undefined || (first.job.queuedAt ?? 0) < (best.job.queuedAt ?? 0)) [best, from] = [first, line];
      }
      if (best) from?.jobs.delete(best);
      return best;
    },
    idleRunnerFor(job) {
      const line = lineOf(job);
      for (const group of groups.values()) {
        const [runner] = group.runners;
        if (runner !== undefined && fits(group, line)) return runner;
      }
      return undefined;
    },
    longestWaiting: () => [...lines.values()].flatMap(({ jobs }) => [...jobs].slice(0, 1)),
  };
}

/** GitHub tells owners and repositories apart by their letters alone, whatever case these have. */
const scopesOf = ({ owner = '', ref }: Job): ReadonlySet<string> =>
  new Set([`org:${owner}`.toLowerCase(), `repo:${ref.repo}`.toLowerCase()]);

/** GitHub's rule: the runner has every label that the job names, in any case, and is there for its owner or repository. */
const fits = ({ labels, scope }: Group, line: Line): boolean =>
  (line.scopes.has(scope) || scope.startsWith('enterprise:')) && line.labels.every((label) => labels.has(label));
