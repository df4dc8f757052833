import type { Instant } from '../../core/instant.ts';
import type { Scene } from './scene.ts';
import type { PlannedJob } from './workload.ts';

/** What sets one synthetic workload apart: when its jobs come, and what is special about them. */
export interface Pattern {
  /** Where its calendar begins, if not on a Monday at midnight. */
  readonly startAt?: Instant;
  /** Goes on without end: whoever reads it takes as many as are wanted. */
  jobs(scene: Scene): Iterable<PlannedJob>;
}
