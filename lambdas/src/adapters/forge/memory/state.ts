import { NotFoundError } from '../../../core/errors.ts';
import type { Job } from '../../../core/job.ts';
import type { Scope } from '../../../core/lane.ts';
import type { ForgeEvent, Registration, RunnerRef } from '../../../ports/forge.ts';

export interface MemoryRunner {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly labels: readonly string[];
  readonly ephemeral: boolean;
  online: boolean;
  /** What the list claims; undefined: the truth. */
  busyClaim: boolean | undefined;
  listed: boolean;
}

/** Everything that the memory forge knows; its verbs share it. */
export interface MemoryState {
  readonly jobs: Map<string, Job>;
  /** In the order of their making. */
  readonly runners: MemoryRunner[];
  readonly repositories: Set<string>;
  readonly missed: ForgeEvent[];
  runnersMade: number;
  deliveriesMade: number;
  deleteWhileBusy: boolean;
}

export const emptyState = (): MemoryState => ({
  jobs: new Map(),
  runners: [],
  repositories: new Set(),
  missed: [],
  runnersMade: 0,
  deliveriesMade: 0,
  deleteWhileBusy: false,
});

export const isBusy = (state: MemoryState, runner: MemoryRunner): boolean =>
  [...state.jobs.values()].some((job) => job.state === 'running' && job.runnerName === runner.name);

export const registrationOf = (state: MemoryState, runner: MemoryRunner): Registration => ({
  id: runner.id,
  name: runner.name,
  online: runner.online,
  busy: runner.busyClaim ?? isBusy(state, runner),
  labels: runner.labels,
});

/** By id; by name where the id is not known. */
export const findRunner = (state: MemoryState, scope: Scope, ref: RunnerRef): MemoryRunner | undefined =>
  state.runners.find((runner) => runner.scope === scope && (ref.id ? runner.id === ref.id : runner.name === ref.name));

export function dropRunner(state: MemoryState, runner: MemoryRunner): void {
  state.runners.splice(state.runners.indexOf(runner), 1);
}

export function jobNamed(state: MemoryState, key: string): Job {
  const job = state.jobs.get(key);
  if (!job) throw new NotFoundError(`The memory forge has no job ${key}`);
  return job;
}

export function runnersNamed(state: MemoryState, name: string): readonly MemoryRunner[] {
  return state.runners.filter((runner) => runner.name === name);
}
