import type { PlannedJob, Workload } from '../workloads/workload.ts';

/** A part of what a seed drew: the rest of the plan stays as it was, so that a story can be made shorter. */
export interface Reduction {
  /** Of the workload, by place from 1 on. */
  readonly jobs?: readonly number[];
  /** Of the faults that the seed drew, with the intensity that it gave them. */
  readonly faults?: readonly string[];
  /** No job takes longer. */
  readonly jobSecondsLimit?: number;
}

export function reducedFaults(
  faults: ReadonlyMap<string, number>,
  { faults: kept }: Reduction,
): ReadonlyMap<string, number> {
  return kept === undefined ? faults : new Map([...faults].filter(([name]) => kept.includes(name)));
}

export function reducedWorkload(workload: Workload, { jobs: kept, jobSecondsLimit }: Reduction): Workload {
  if (kept === undefined && jobSecondsLimit === undefined) return workload;
  const places = kept && new Set(kept.filter((place) => place <= workload.count));
  const longest = jobSecondsLimit ?? Number.POSITIVE_INFINITY;
  const shortened = (job: PlannedJob): PlannedJob => ({
    ...job,
    durationSeconds: Math.min(job.durationSeconds, longest),
  });
  return {
    ...workload,
    count: places?.size ?? workload.count,
    *jobs() {
      let place = 0;
      for (const job of workload.jobs()) {
        place += 1;
        if (places === undefined || places.has(place)) yield shortened(job);
      }
    },
  };
}
