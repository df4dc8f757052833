import type { Job, JobState } from '../../../core/job.ts';
import type { Scope } from '../../../core/lane.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ForgeEvent, Registration, WebhookRequest } from '../../../ports/forge.ts';
import type { Faults } from './faults.ts';
import { dropRunner, jobNamed, type MemoryState, registrationOf, runnersNamed } from './state.ts';
import { signedDelivery } from './webhook.ts';

/** What a test may do to the memory forge, and see of it. */
export interface MemoryForgeControl extends Omit<Faults, 'enter'> {
  /** Adds the job, or replaces the one with its key; its repository becomes known. */
  addJob(job: Job): void;
  /** Without the side effects of starting and finishing. */
  setJobState(key: string, state: JobState): void;
  /** The runner takes the job; a runner that is not registered (or not ours) may take one as well. */
  startJob(key: string, runnerName: string): void;
  /** An ephemeral runner's registration ends with its job. */
  finishJob(key: string, conclusion?: string): void;
  /** The forge forgets the job: `getJob` answers null. */
  forgetJob(key: string): void;
  jobs(): readonly Job[];
  addRepository(repo: string): void;
  /** The truth, whatever the list leaves out or claims. Without scope: of all. */
  registrations(scope?: Scope): readonly Registration[];
  setOnline(runnerName: string, online: boolean): void;
  /** The list's lie about a runner; undefined: the truth again. Jobs are not touched. */
  setBusy(runnerName: string, claim: boolean | undefined): void;
  /** Whether lists name the runner. */
  setListed(runnerName: string, listed: boolean): void;
  /** The forge ends a registration by itself. */
  dropRegistration(runnerName: string): void;
  /** A forge that removes runners from under their jobs. */
  setDeleteWhileBusy(allowed: boolean): void;
  /** An event that was not delivered. */
  missEvent(event: ForgeEvent): void;
  /** A signed delivery about a job, as it is now or as given. */
  delivery(job: Job | string, action?: string): WebhookRequest;
}

const actions: Readonly<Record<JobState, string>> = {
  blocked: 'waiting',
  queued: 'queued',
  running: 'in_progress',
  done: 'completed',
};

/** The control over jobs, runners and deliveries of one state. */
export function memoryControl(
  state: MemoryState,
  secret: string,
  clock: Pick<Clock, 'now'>,
): Omit<MemoryForgeControl, keyof Faults> {
  return {
    ...jobControl(state, clock),
    ...runnerControl(state),
    missEvent: (event) => void state.missed.push(event),
    delivery(which, action) {
      const job = typeof which === 'string' ? jobNamed(state, which) : which;
      state.deliveriesMade += 1;
      return signedDelivery(secret, `delivery-${state.deliveriesMade}`, action ?? actions[job.state], job);
    },
  };
}

function jobControl(state: MemoryState, clock: Pick<Clock, 'now'>) {
  const put = (job: Job) => void state.jobs.set(job.key, job);
  return {
    addJob(job) {
      put(job);
      state.repositories.add(job.ref.repo);
    },
    setJobState: (key, jobState) => put({ ...jobNamed(state, key), state: jobState }),
    startJob(key, runnerName) {
      put({ ...jobNamed(state, key), state: 'running', runnerName, startedAt: clock.now() });
      for (const runner of runnersNamed(state, runnerName)) runner.online = true;
    },
    finishJob(key, conclusion = 'success') {
      const job = jobNamed(state, key);
      put({ ...job, state: 'done', conclusion, doneAt: clock.now() });
      for (const runner of runnersNamed(state, job.runnerName ?? '')) if (runner.ephemeral) dropRunner(state, runner);
    },
    forgetJob: (key) => void state.jobs.delete(key),
    jobs: () => [...state.jobs.values()],
    addRepository: (repo) => void state.repositories.add(repo),
  } satisfies Partial<MemoryForgeControl>;
}

function runnerControl(state: MemoryState) {
  return {
    registrations: (scope) =>
      state.runners.filter((runner) => !scope || runner.scope === scope).map((runner) => registrationOf(state, runner)),
    setOnline(runnerName, online) {
      for (const runner of runnersNamed(state, runnerName)) runner.online = online;
    },
    setBusy(runnerName, claim) {
      for (const runner of runnersNamed(state, runnerName)) runner.busyClaim = claim;
    },
    setListed(runnerName, listed) {
      for (const runner of runnersNamed(state, runnerName)) runner.listed = listed;
    },
    dropRegistration(runnerName) {
      for (const runner of runnersNamed(state, runnerName)) dropRunner(state, runner);
    },
    setDeleteWhileBusy(allowed) {
      state.deleteWhileBusy = allowed;
    },
  } satisfies Partial<MemoryForgeControl>;
}
