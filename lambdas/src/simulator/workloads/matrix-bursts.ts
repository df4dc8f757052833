import type { Pattern } from './pattern.ts';
import { pushes } from './pushes.ts';

/** As many jobs as GitHub allows in one matrix. */
const matrixLimit = 256;

/** Each push starts a matrix of jobs at once. */
export const matrixBursts: Pattern = {
  *jobs(scene) {
    for (const { atSeconds, size, origin } of pushes(scene, matrixLimit)) {
      for (let job = 0; job < size; job++) yield scene.jobAt(atSeconds, origin);
    }
  },
};
