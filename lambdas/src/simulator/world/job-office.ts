import { firstIndex } from '../../adapters/memory/first-index.ts';
import { after, ageSeconds } from '../../core/instant.ts';
import type { Job } from '../../core/job.ts';
import type { Ender, JobEnd } from '../facts.ts';
import type { PlannedJob } from '../workloads/workload.ts';
import { type JobLives, jobLives } from './job-lives.ts';
import type { Listener, OfficeJob, OfficeRunner } from './matchmaker.ts';
import { newOfficeState, type OfficeOptions, type OfficeState } from './office-state.ts';
import { runnerOffice } from './runner-office.ts';

/** The forge's own knowledge of jobs and runners, and how it brings them together. */
export interface JobOffice {
  /** The App sees this repository, whether or not it ever had a job. */
  install(repo: string): void;
  /** `foreign`: of a repository that is none of ours. */
  add(planned: PlannedJob, whose?: 'foreign'): void;
  register(asked: Registering): OfficeRunner;
  /** A runner's process listens. Undefined: there is no such registration (any more). */
  connect(name: string, listener: Listener): OfficeRunner | undefined;
  /** Its process is gone, or its machine; its registration may be so for long. */
  disconnect(runner: OfficeRunner, by: Ender | 'exit'): void;
  /** `handsOutSeconds`: a job may still be handed to it for so long. */
  remove(runner: OfficeRunner, by: 'us' | 'job' | 'forge', handsOutSeconds?: number): void;
  runner(scope: string, name: string): OfficeRunner | undefined;
  runnersOf(scope: string): readonly OfficeRunner[];
  readonly runners: ReadonlyMap<string, OfficeRunner>;
  job(key: string): Job | undefined;
  /** How it was before its last change, and when that was. */
  changeOf(key: string): Pick<OfficeJob, 'before' | 'changedAt'> | undefined;
  openJobs(repo: string): readonly Job[];
  readonly repositories: ReadonlySet<string>;
  /** Whether a job runs, or waits that one of our fleets takes: who waits for nobody here is no reason to go on. */
  isAtWork(): boolean;
  /** The forge ends a job that runs, by itself. */
  endJob(key: string, how: JobEnd): void;
  /** Somebody deletes a waiting job: the forge knows it no more, and tells nobody. */
  deleteJob(key: string): void;
  /** Ends jobs that waited longer than the forge lets them, and forgets those that were done long ago. */
  expire(): void;
}

export interface Registering extends Pick<OfficeRunner, 'name' | 'scope' | 'labels' | 'ephemeral' | 'instance'> {
  /** For the story alone. */
  readonly askedBy?: string;
}

/** GitHub ends a job that waited a day. */
const queueLimitSeconds = 86_400;
/** A done job can be asked for this long; far longer than anybody does. */
const doneKeptSeconds = 86_400;

export function jobOffice(options: OfficeOptions): JobOffice {
  const state = newOfficeState();
  const lives = jobLives(options, state);
  const { time } = options;

  return {
    install: (repo) => void state.repositories.add(repo),
    add: (planned, whose) => add(options, state, lives, planned, whose === 'foreign'),
    ...runnerOffice(options, state, lives),
    runner: (scope, name) => state.byScope.get(scope)?.get(name),
    runnersOf: (scope) => [...(state.byScope.get(scope)?.values() ?? [])],
    runners: state.runners,
    job: (key) => state.jobs.get(key)?.job,
    changeOf: (key) => state.jobs.get(key),
    openJobs: (repo) => [...(state.openByRepo.get(repo) ?? [])].map(({ job }) => job),
    repositories: state.repositories,
    isAtWork: workWatch(options, state),
    endJob(key, how) {
      const held = state.jobs.get(key);
      if (held?.runner && held.job.state === 'running')
        lives.finish(held, held.runner, how, how === 'finished' ? 'success' : 'failure');
    },
    deleteJob(key) {
      const held = state.jobs.get(key);
      if (held) lives.vanish(held);
    },
    expire() {
      for (const held of state.matches.longestWaiting()) {
        if (ageSeconds(held.job.queuedAt ?? time.now(), time.now()) >= queueLimitSeconds) lives.giveUp(held);
      }
      const isKept = ({ job }: OfficeJob): boolean => time.now() < after(job.doneAt ?? 0, doneKeptSeconds);
      for (const { job } of state.done.splice(0, firstIndex(state.done, isKept))) state.jobs.delete(job.key);
    },
  };
}

/** Asked at each instant: the job that it found last is looked at first. */
function workWatch({ fleetOf }: OfficeOptions, { openByRepo }: OfficeState): () => boolean {
  const isOurs = ({ job, runner }: OfficeJob): boolean =>
    job.state !== 'done' && (runner !== undefined || fleetOf(job) !== undefined);
  const find = (): OfficeJob | undefined => {
    for (const jobs of openByRepo.values()) for (const held of jobs) if (isOurs(held)) return held;
    return undefined;
  };
  let last: OfficeJob | undefined;
  return () => {
    if (last === undefined || !isOurs(last)) last = find();
    return last !== undefined;
  };
}

function add(
  { time, announce }: OfficeOptions,
  state: OfficeState,
  lives: JobLives,
  planned: PlannedJob,
  isForeign: boolean,
): void {
  const id = String(++state.ids);
  const { repo, labels, blockedSeconds = 0 } = planned;
  const job: Job = {
    key: `sim/${repo}/${id}`,
    ref: { repo, id, attempt: 1 },
    state: 'blocked',
    labels,
    owner: repo.split('/')[0] ?? repo,
  };
  const past = { before: job, changedAt: time.now() };
  const held: OfficeJob = { planned, job, isForeign, ...past, runner: undefined, startedAt: undefined, isOver: false };
  state.jobs.set(job.key, held);
  if (!isForeign) {
    state.repositories.add(repo);
    state.openByRepo.set(repo, (state.openByRepo.get(repo) ?? new Set()).add(held));
  }
  if (blockedSeconds > 0) {
    if (!isForeign) announce(job);
    time.at(after(time.now(), blockedSeconds), () => lives.queue(held));
  } else lives.queue(held);
}
