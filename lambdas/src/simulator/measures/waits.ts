import { ageSeconds } from '../../core/instant.ts';
import type { Witness } from '../facts.ts';
import { firstStarts } from './first-starts.ts';
import { type HistogramData, histogram } from './histogram.ts';

/** How long jobs waited, from becoming runnable to their first start. One that never started has no wait. */
export interface Waits {
  readonly hear: Witness;
  data(): HistogramData;
}

export function waits(): Waits {
  const lengths = histogram();
  return {
    hear: firstStarts((_, queuedAt, at) => lengths.add(ageSeconds(queuedAt, at))),
    data: lengths.data,
  };
}
