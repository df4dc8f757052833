import type { Instant } from '../../core/instant.ts';
import type { Scene } from './scene.ts';

/** The Monday from which all rhythms count. */
export const mondayAt: Instant = Date.UTC(2026, 0, 5);

/** How busy each step of a day or week is beside the others. The first step is a Monday's at midnight; after the last it goes round. */
export interface Rhythm {
  readonly stepSeconds: number;
  readonly weights: readonly number[];
}

/** As busy at night as by day. */
export const even: Rhythm = { stepSeconds: 3_600, weights: [1] };

/** When jobs come that know nothing of each other, in seconds from the start: Poisson's, at the rate of the hour. */
export function* arrivals({ stepSeconds, weights }: Rhythm, scene: Scene): Generator<number> {
  const chance = scene.chance.stream('arrivals');
  const meanWeight = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const jobsASecond = weights.map((weight) => ((weight / meanWeight) * scene.jobsAnHour) / 3_600);
  const startSeconds = (scene.startAt - mondayAt) / 1_000;

  let atSeconds = startSeconds;
  for (;;) {
    // Counted in jobs that were to be expected meanwhile, each step adds what its rate gives.
    let due = chance.exponential(1);
    for (;;) {
      const step = Math.floor(atSeconds / stepSeconds);
      const rate = jobsASecond[step % jobsASecond.length] as number;
      const stepEndSeconds = (step + 1) * stepSeconds;
      const expected = (stepEndSeconds - atSeconds) * rate;
      if (due < expected) {
        atSeconds += due / rate;
        break;
      }
      due -= expected;
      atSeconds = stepEndSeconds;
    }
    yield atSeconds - startSeconds;
  }
}
