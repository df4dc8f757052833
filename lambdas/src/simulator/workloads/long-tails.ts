import type { Pattern } from './pattern.ts';
import { arrivals, even } from './rhythm.ts';

const shortestSeconds = 5;
const medianSeconds = 180;
const durationSpread = 1.3;
const longShare = 0.005;
const longSeconds = { least: 3 * 3_600, most: 20 * 3_600 };

/** Most jobs are short, some take ten times as long, and a few run for many hours. */
export const longTails: Pattern = {
  *jobs(scene) {
    const durations = scene.chance.stream('tails');
    for (const atSeconds of arrivals(even, scene)) {
      const seconds = durations.happens(longShare)
        ? durations.between(longSeconds.least, longSeconds.most)
        : Math.max(shortestSeconds, durations.lognormal(medianSeconds, durationSpread));
      yield { ...scene.jobAt(atSeconds), durationSeconds: Math.min(scene.spanLimitSeconds, seconds) };
    }
  },
};
