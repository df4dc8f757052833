import type { Pattern } from './pattern.ts';
import { arrivals, mondayAt, type Rhythm } from './rhythm.ts';

const stepsADay = 144;
const spikeStep = 12;
/** Of a day's jobs, in the ten minutes from 02:00 and in the two times ten after them. */
const spikeShares = [0.35, 0.1, 0.05];
const quietShare = (1 - 0.5) / (stepsADay - spikeShares.length);

const rhythm: Rhythm = {
  stepSeconds: 600,
  weights: Array.from({ length: stepsADay }, (_, step) => spikeShares[step - spikeStep] ?? quietShare),
};

/** Half of a day's jobs come at 02:00, when everybody's nightly builds begin; the day is quiet. */
export const nightlySpike: Pattern = {
  startAt: mondayAt + 90 * 60_000,
  *jobs(scene) {
    for (const atSeconds of arrivals(rhythm, scene)) yield scene.jobAt(atSeconds);
  },
};
