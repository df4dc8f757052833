import type { Breach } from '../result.ts';
import type { ReportResult, ReportRun } from './report-input.ts';

/** One of the four promises, and how often a run did not keep it. */
export interface PromiseKept {
  readonly promise: Breach['promise'];
  readonly name: string;
  /** As it reads when it was kept, and when it wasn't. */
  readonly kept: string;
  readonly broken: string;
  readonly times: number;
}

type Words = Omit<PromiseKept, 'times'> & { readonly counted: (result: ReportResult) => number };

const promises: readonly Words[] = [
  {
    promise: 'no-job-lost',
    name: 'No job is lost',
    kept: 'No job was lost',
    broken: 'Jobs were lost',
    counted: ({ lost }) => lost,
  },
  {
    promise: 'no-busy-runner-ended',
    name: 'No busy runner is ended by us',
    kept: 'No busy runner was ended by us',
    broken: 'Busy runners were ended by us',
    counted: ({ busyKills }) => busyKills,
  },
  {
    promise: 'nothing-leaked',
    name: 'Nothing leaks',
    kept: 'Nothing leaked',
    broken: 'Machines or registrations leaked',
    counted: ({ leakedInstances, leakedRegistrations }) => leakedInstances + leakedRegistrations,
  },
  {
    promise: 'never-over-the-limit',
    name: 'The limit is the limit',
    kept: 'The limit was never passed',
    broken: 'The limit was passed',
    counted: ({ overLimit }) => overLimit,
  },
];

/** All four; what was counted and what was told in detail may differ, and the larger holds. */
export const promisesOf = ({ result }: ReportRun): readonly PromiseKept[] =>
  promises.map(({ counted, ...words }) => {
    const told = result.breaches.filter(({ promise }) => promise === words.promise).length;
    return { ...words, times: Math.max(told, counted(result)) };
  });

export const brokenPromises = (run: ReportRun): readonly PromiseKept[] =>
  promisesOf(run).filter(({ times }) => times > 0);

export const promiseName = (promise: Breach['promise']): string =>
  promises.find((each) => each.promise === promise)?.name ?? promise;
