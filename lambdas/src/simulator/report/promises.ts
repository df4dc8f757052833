import type { Breach } from '../result.ts';
import type { ReportResult, ReportRun } from './report-input.ts';

/** One of the promises, and how often a run did not keep it. */
export interface PromiseKept extends PromiseWords {
  readonly times: number;
}

interface PromiseWords {
  readonly name: string;
  /** As it reads when it was kept, and when it wasn't. */
  readonly kept: string;
  readonly broken: string;
}

interface PromiseCount extends PromiseWords {
  readonly counted: (result: ReportResult) => number;
}

const promises: Readonly<Record<Breach['promise'], PromiseCount>> = {
  'no-job-lost': {
    name: 'No job is lost',
    kept: 'No job was lost',
    broken: 'Jobs were lost',
    counted: ({ lost }) => lost,
  },
  'no-busy-runner-ended': {
    name: 'No busy runner is ended by us',
    kept: 'No busy runner was ended by us',
    broken: 'Busy runners were ended by us',
    counted: ({ busyKills }) => busyKills,
  },
  'nothing-leaked': {
    name: 'Nothing leaks',
    kept: 'Nothing leaked',
    broken: 'Machines or registrations leaked',
    counted: ({ leakedInstances, leakedRegistrations }) => leakedInstances + leakedRegistrations,
  },
  'never-over-the-limit': {
    name: 'The limit is the limit',
    kept: 'The limit was never passed',
    broken: 'The limit was passed',
    counted: ({ overLimit }) => overLimit,
  },
};

export const promiseCount = Object.keys(promises).length;

/** Each of them; what was counted and what was told in detail may differ, and the larger holds. */
export const promisesOf = ({ result }: ReportRun): readonly PromiseKept[] =>
  Object.entries(promises).map(([promise, { counted, ...words }]) => {
    const told = result.breaches.filter((breach) => breach.promise === promise).length;
    return { ...words, times: Math.max(told, counted(result)) };
  });

export const brokenPromises = (run: ReportRun): readonly PromiseKept[] =>
  promisesOf(run).filter(({ times }) => times > 0);

export const promiseName = (promise: Breach['promise']): string => promises[promise].name;
