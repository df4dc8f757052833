import type { Pattern } from './pattern.ts';
import { arrivals, even } from './rhythm.ts';

/** One job after the other, day and night. */
export const steady: Pattern = {
  *jobs(scene) {
    for (const atSeconds of arrivals(even, scene)) yield scene.jobAt(atSeconds);
  },
};
