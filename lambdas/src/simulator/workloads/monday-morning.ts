import type { Pattern } from './pattern.ts';
import { arrivals, mondayAt, type Rhythm } from './rhythm.ts';

const night = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
const afternoon = [0.9, 1.1, 1.2, 1.2, 1, 0.7];
const evening = [0.4, 0.3, 0.2, 0.2, 0.1, 0.1];

/** Hour by hour, from midnight on. */
const monday = [...night, 0.2, 0.8, 1.8, 2.5, 2, ...afternoon, ...evening];
const weekday = [...night, 0.2, 0.6, 1, 1.2, 1.2, ...afternoon, ...evening];
const weekendDay = Array.from({ length: 24 }, () => 0.08);

const rhythm: Rhythm = {
  stepSeconds: 3_600,
  weights: [monday, weekday, weekday, weekday, weekday, weekendDay, weekendDay].flat(),
};

/** The week of an office: quiet nights and weekends, and on Monday from 08 to 11 everybody comes back. */
export const mondayMorning: Pattern = {
  startAt: mondayAt + 7.5 * 3_600_000,
  *jobs(scene) {
    for (const atSeconds of arrivals(rhythm, scene)) yield scene.jobAt(atSeconds);
  },
};
