import type { Scenario } from '../../src/simulator/plan/scenario.ts';

/** A guard of the production code, and what becomes of its text when somebody takes it out. */
export interface GuardMutant {
  readonly guard: string;
  /** What goes wrong without it. */
  readonly without: string;
  /** Below `src`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Where the usual swarm of faults comes to it too seldom: what was asked for instead. */
  readonly scenario?: Partial<Scenario>;
}

/** Each of these alone has to break a promise, or the promises are checked by nobody. */
export const guardMutants: readonly GuardMutant[] = [
  {
    guard: "the lane's count in the decision",
    without: 'Two passes over one lane decide on the same jobs, and both launch for them.',
    file: 'adapters/ledger/intent-rows.ts',
    find: "add: { seq: 1 }, if: [seqIs(plan.seq)] },\n    {\n      kind: 'put'",
    replace: "add: { seq: 1 } },\n    {\n      kind: 'put'",
  },
  {
    guard: 'used against the limit',
    without: 'Two lanes of a fleet see the same free slots, and both take them.',
    file: 'adapters/ledger/intent-rows.ts',
    find: 'limit < 0 ? []',
    replace: 'limit === limit ? []',
  },
  {
    guard: "the sweep's own list of jobs",
    without: 'A job whose event was lost is never heard of.',
    file: 'functions/sweep/sweep.ts',
    find: "  ['jobs-found', listOpenJobs],\n",
    replace: '',
  },
];
