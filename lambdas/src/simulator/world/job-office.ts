import { after, ageSeconds } from '../../core/instant.ts';
import type { Job } from '../../core/job.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Ender, Fact, JobEnd } from '../facts.ts';
import type { PlannedJob } from '../workloads/workload.ts';
import { type Listener, matchmaker, type OfficeJob, type OfficeRunner } from './matchmaker.ts';

/** The forge's own knowledge of jobs and runners, and how it brings them together. */
export interface JobOffice {
  add(planned: PlannedJob): void;
  register(runner: Pick<OfficeRunner, 'name' | 'scope' | 'labels' | 'ephemeral' | 'instance'>): OfficeRunner;
  /** A runner's process listens. False: there is no such registration (any more). */
  connect(name: string, listener: Listener): boolean;
  /** Its process is gone, or its machine. */
  disconnect(name: string, by: Ender | 'exit'): void;
  remove(runner: OfficeRunner, by: 'us' | 'job' | 'forge'): void;
  runner(scope: string, name: string): OfficeRunner | undefined;
  runnersOf(scope: string): readonly OfficeRunner[];
  readonly runners: ReadonlyMap<string, OfficeRunner>;
  job(key: string): Job | undefined;
  openJobs(repo: string): readonly Job[];
  readonly repositories: ReadonlySet<string>;
  openCount(): number;
  /** The forge ends a job that runs, by itself. */
  endJob(key: string, how: JobEnd): void;
  /** Ends jobs that waited longer than the forge lets them. */
  expire(): void;
  runningJobs(): readonly string[];
}

export interface JobOfficeOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  /** Whose job this is by configuration. */
  readonly fleetOf: (job: Job) => string | undefined;
  /** A job changed its state: an event is due. */
  readonly announce: (job: Job) => void;
}

/** GitHub: a job that its runner does not take up in this time is queued again; one that waits a day is ended. */
const takeUpLimitSeconds = 60;
const queueLimitSeconds = 86_400;
/** Until GitHub gives up a runner that it cannot reach: some minutes. */
const lostContactSeconds = [240, 720] as const;
const offlineAfterSeconds = 50;
/** A done job can be asked for this long; far longer than anybody does. */
const doneKeptSeconds = 86_400;

export function jobOffice(options: JobOfficeOptions): JobOffice {
  const { time, chance, tell, announce } = options;
  const jobs = new Map<string, OfficeJob>();
  const openByRepo = new Map<string, Set<OfficeJob>>();
  const repositories = new Set<string>();
  const runners = new Map<string, OfficeRunner>();
  const byScope = new Map<string, Map<string, OfficeRunner>>();
  const matches = matchmaker();
  let ids = 0;
  let open = 0;

  const change = (held: OfficeJob, fields: Partial<Job>): void => {
    held.job = { ...held.job, ...fields };
    announce(held.job);
  };

  const isListening = (runner: OfficeRunner): boolean => runner.listener?.isAlive() === true;

  const enqueue = (held: OfficeJob, isFirst: boolean): void => {
    const runner = matches.idleRunnerFor(held);
    if (runner) assign(held, runner);
    else matches.wait(held, isFirst);
  };

  const offer = (runner: OfficeRunner): void => {
    if (runner.job !== undefined || !isListening(runner) || runner.removed) return;
    const held = matches.waitingJobFor(runner);
    if (held) assign(held, runner);
    else matches.idle(runner);
  };

  const assign = (held: OfficeJob, runner: OfficeRunner): void => {
    matches.notIdle(runner);
    held.runner = runner;
    runner.job = held;
    tell({ kind: 'job-assigned', job: held.job.key, runner: runner.name, instance: runner.instance ?? '' });
    time.at(after(time.now(), chance.between(0.3, 3)), () => {
      if (held.runner !== runner || held.job.state !== 'queued') return;
      if (isListening(runner)) begin(held, runner);
      else time.at(after(time.now(), takeUpLimitSeconds), () => requeue(held, runner));
    });
  };

  const requeue = (held: OfficeJob, runner: OfficeRunner): void => {
    if (held.runner !== runner || held.job.state !== 'queued') return;
    held.runner = undefined;
    if (runner.job === held) runner.job = undefined;
    tell({ kind: 'job-requeued', job: held.job.key });
    enqueue(held, true);
    offer(runner);
  };

  const begin = (held: OfficeJob, runner: OfficeRunner): void => {
    held.startedAt = time.now();
    tell({ kind: 'job-started', job: held.job.key, runner: runner.name, instance: runner.instance ?? '' });
    change(held, { state: 'running', runnerName: runner.name, startedAt: time.now() });
    runner.listener?.begin();
    time.at(after(time.now(), held.planned.durationSeconds), () => finish(held, runner, 'finished', 'success'));
  };

  /** The worker's own end, told by the runner. */
  const finish = (held: OfficeJob, runner: OfficeRunner, how: JobEnd, conclusion: string): void => {
    if (held.job.state !== 'running' || held.runner !== runner || !isListening(runner) || held.isOver) return;
    close(held, how, conclusion);
    runner.job = undefined;
    runner.listener?.finish();
    if (runner.ephemeral) remove(runner, 'job');
    else offer(runner);
  };

  const close = (held: OfficeJob, how: JobEnd, conclusion: string): void => {
    if (!held.isOver) tell({ kind: 'job-ended', job: held.job.key, how, instance: held.runner?.instance });
    held.isOver = true;
    if (held.job.state === 'done') return;
    open -= 1;
    openByRepo.get(held.job.ref.repo)?.delete(held);
    change(held, { state: 'done', conclusion, doneAt: time.now() });
    time.at(after(time.now(), doneKeptSeconds), () => jobs.delete(held.job.key));
  };

  const cancel = (held: OfficeJob): void => {
    if (held.job.state === 'done' || held.isOver) return;
    const { runner } = held;
    if (held.job.state === 'running' && runner) {
      time.at(after(time.now(), chance.between(2, 20)), () => finish(held, runner, 'cancelled', 'cancelled'));
      return;
    }
    matches.forget(held);
    close(held, 'cancelled', 'cancelled');
    // What was assigned to it, and did not begin, is free again.
    if (runner?.job === held) {
      runner.job = undefined;
      offer(runner);
    }
  };

  const remove = (runner: OfficeRunner, by: 'us' | 'job' | 'forge'): void => {
    if (runner.removed) return;
    runner.removed = true;
    matches.notIdle(runner);
    runners.delete(runner.name);
    byScope.get(runner.scope)?.delete(runner.name);
    tell({ kind: 'registration-gone', name: runner.name, scope: runner.scope, by });
  };

  const queued = (held: OfficeJob): void => {
    if (held.job.state !== 'blocked' && held.job.queuedAt !== undefined) return;
    const { key: job, ref, labels } = held.job;
    tell({ kind: 'job-queued', job, repo: ref.repo, labels, fleet: options.fleetOf(held.job) });
    change(held, { state: 'queued', queuedAt: time.now() });
    enqueue(held, false);
    const { cancelAfterSeconds } = held.planned;
    if (cancelAfterSeconds !== undefined) time.at(after(time.now(), cancelAfterSeconds), () => cancel(held));
  };

  const contactLost = (held: OfficeJob, runner: OfficeRunner): void => {
    time.at(after(time.now(), chance.between(...lostContactSeconds)), () => {
      close(held, 'forge', 'failure');
      if (runner.ephemeral) remove(runner, 'forge');
    });
  };

  return {
    add(planned) {
      const id = String(++ids);
      const { repo, labels } = planned;
      const job: Job = {
        key: `sim/${repo}/${id}`,
        ref: { repo, id, attempt: 1 },
        state: 'blocked',
        labels,
        owner: repo.split('/')[0] ?? repo,
      };
      const held: OfficeJob = { planned, job, runner: undefined, startedAt: undefined, isOver: false };
      jobs.set(job.key, held);
      open += 1;
      repositories.add(repo);
      const sameRepo = openByRepo.get(repo) ?? new Set();
      openByRepo.set(repo, sameRepo.add(held));
      const { blockedSeconds = 0 } = planned;
      if (blockedSeconds === 0) return queued(held);
      announce(job);
      time.at(after(time.now(), blockedSeconds), () => {
        if (held.job.state === 'blocked') queued(held);
      });
    },
    register({ name, scope, labels, ephemeral, instance }) {
      const runner: OfficeRunner = {
        id: String(++ids),
        name,
        scope,
        labels,
        ephemeral,
        instance,
        registeredAt: time.now(),
        online: false,
        removed: false,
        job: undefined,
        listener: undefined,
      };
      runners.set(name, runner);
      const peers = byScope.get(scope) ?? new Map();
      byScope.set(scope, peers.set(name, runner));
      tell({ kind: 'registration-made', name, scope, instance });
      return runner;
    },
    connect(name, listener) {
      const runner = runners.get(name);
      if (runner === undefined) return false;
      runner.listener = listener;
      runner.online = true;
      tell({ kind: 'runner-online', instance: runner.instance ?? '', runner: name });
      offer(runner);
      return true;
    },
    disconnect(name, by) {
      const runner = runners.get(name);
      const listener = runner?.listener;
      if (runner === undefined) return;
      matches.notIdle(runner);
      time.at(after(time.now(), offlineAfterSeconds), () => {
        if (runner.listener === listener) runner.online = false;
      });
      const held = runner.job;
      if (held === undefined || held.job.state !== 'running') return;
      endUnder(held, runner, by, tell);
      contactLost(held, runner);
    },
    remove,
    runner: (scope, name) => byScope.get(scope)?.get(name),
    runnersOf: (scope) => [...(byScope.get(scope)?.values() ?? [])],
    runners,
    job: (key) => jobs.get(key)?.job,
    openJobs: (repo) => [...(openByRepo.get(repo) ?? [])].map(({ job }) => job),
    repositories,
    openCount: () => open,
    endJob(key, how) {
      const held = jobs.get(key);
      if (held?.runner && held.job.state === 'running') finish(held, held.runner, how, 'failure');
    },
    expire() {
      for (const held of matches.longestWaiting()) {
        if (ageSeconds(held.job.queuedAt ?? time.now(), time.now()) < queueLimitSeconds) continue;
        matches.forget(held);
        close(held, 'forge', 'cancelled');
      }
    },
    runningJobs: () => [...jobs.values()].filter(({ job }) => job.state === 'running').map(({ job }) => job.key),
  };
}

/** Its machine is gone, or its runner's process: the job is over, though the forge learns of it later. */
function endUnder(held: OfficeJob, runner: OfficeRunner, by: Ender | 'exit', tell: (fact: Fact) => void): void {
  if (held.isOver) return;
  held.isOver = true;
  const how: JobEnd =
    by === 'spot' || by === 'provider' ? 'spot' : by === 'control-plane' || by === 'itself' ? 'killed' : 'forge';
  tell({ kind: 'job-ended', job: held.job.key, how, instance: runner.instance });
}
