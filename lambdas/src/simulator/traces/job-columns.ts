import type { TraceJob } from './trace-job.ts';

/** Jobs of a trace as columns of numbers: millions of objects would not fit. */
export interface JobColumns {
  readonly count: number;
  add(job: TraceJob): void;
  /** By time; of one moment, as they were added. */
  inOrder(): () => Iterable<TraceJob>;
}

export function jobColumns(): JobColumns {
  const queuedAt: number[] = [];
  const durationSeconds: number[] = [];
  const origins: number[] = [];
  const blockedSeconds = new Map<number, number>();
  const cancelAfterSeconds = new Map<number, number>();
  const known = knownOrigins();

  const jobAt = (row: number): TraceJob => {
    const blocked = blockedSeconds.get(row);
    const cancel = cancelAfterSeconds.get(row);
    return {
      queuedAt: queuedAt[row] as number,
      durationSeconds: durationSeconds[row] as number,
      ...known.at(origins[row] as number),
      ...(blocked === undefined ? {} : { blockedSeconds: blocked }),
      ...(cancel === undefined ? {} : { cancelAfterSeconds: cancel }),
    };
  };

  return {
    get count() {
      return queuedAt.length;
    },
    add(job) {
      const row = queuedAt.length;
      queuedAt.push(job.queuedAt);
      durationSeconds.push(job.durationSeconds);
      origins.push(known.numberOf(job));
      if (job.blockedSeconds !== undefined) blockedSeconds.set(row, job.blockedSeconds);
      if (job.cancelAfterSeconds !== undefined) cancelAfterSeconds.set(row, job.cancelAfterSeconds);
    },
    inOrder() {
      const order = Uint32Array.from(queuedAt, (_, row) => row);
      order.sort((one, other) => (queuedAt[one] as number) - (queuedAt[other] as number) || one - other);
      return function* () {
        for (const row of order) yield jobAt(row);
      };
    },
  };
}

type Origin = Pick<TraceJob, 'labels' | 'repo'>;

/** The same few repositories and labels come again and again: each is held once, under a number. */
function knownOrigins() {
  const numbers = new Map<string, number>();
  const origins: Origin[] = [];
  return {
    numberOf({ repo, labels }: Origin): number {
      const key = [repo, ...labels].join('\n');
      const number = numbers.get(key) ?? origins.push({ repo, labels }) - 1;
      numbers.set(key, number);
      return number;
    },
    at: (number: number): Origin => origins[number] as Origin,
  };
}
