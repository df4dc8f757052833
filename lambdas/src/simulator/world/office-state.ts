import type { Job } from '../../core/job.ts';
import type { Chance } from '../engine/chance.ts';
import type { VirtualTime } from '../engine/virtual-time.ts';
import type { Fact } from '../facts.ts';
import { type Matchmaker, matchmaker, type OfficeJob, type OfficeRunner } from './matchmaker.ts';
import type { AssignmentFate } from './troubles.ts';

export interface OfficeOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly tell: (fact: Fact) => void;
  /** Whose job this is by configuration. */
  readonly fleetOf: (job: Job) => string | undefined;
  /** A job changed its state: an event is due. */
  readonly announce: (job: Job) => void;
  /** Undefined: the runner that was given a job takes it up. */
  readonly assignmentFate: (runner: string) => AssignmentFate | undefined;
}

/** What the forge keeps. */
export interface OfficeState {
  readonly jobs: Map<string, OfficeJob>;
  readonly openByRepo: Map<string, Set<OfficeJob>>;
  /** In the order of their ends. */
  readonly done: OfficeJob[];
  readonly repositories: Set<string>;
  readonly runners: Map<string, OfficeRunner>;
  readonly byScope: Map<string, Map<string, OfficeRunner>>;
  readonly matches: Matchmaker;
  ids: number;
}

export const newOfficeState = (): OfficeState => ({
  jobs: new Map(),
  openByRepo: new Map(),
  done: [],
  repositories: new Set(),
  runners: new Map(),
  byScope: new Map(),
  matches: matchmaker(),
  ids: 0,
});
