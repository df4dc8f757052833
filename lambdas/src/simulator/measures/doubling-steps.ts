import type { Instant } from '../../core/instant.ts';
import type { TimelinePoint } from '../result.ts';

/** What there is at once, of each kind that a picture over time shows. */
export type Levels = Omit<TimelinePoint, 'at'>;

/** A picture of any length in a fixed number of steps: when they are used up, each two become one. */
export interface DoublingSteps {
  /** Nothing changed between the two. Stretches follow one another without gaps. */
  cover(from: Instant, to: Instant, levels: Levels): void;
  points(until: Instant): readonly TimelinePoint[];
}

/** `room` is even, and what has to be there for the picture; it shows between half of it and all of it. */
export function doublingSteps(startAt: Instant, room: number, firstStepMilliseconds: number): DoublingSteps {
  let step = firstStepMilliseconds;
  const waiting = new Float64Array(room);
  // In machine-milliseconds: two steps' sums make one's, and no rounding is carried along.
  const [booting, idle, busy] = [new Float64Array(room), new Float64Array(room), new Float64Array(room)];

  const double = (): void => {
    step *= 2;
    joinPairs(waiting, Math.max);
    for (const sums of [booting, idle, busy]) joinPairs(sums, (one, next) => one + next);
  };

  return {
    cover(from, to, levels) {
      if (to <= from) return;
      while (to > startAt + room * step) double();
      for (let i = Math.floor((from - startAt) / step); startAt + i * step < to; i++) {
        const begun = startAt + i * step;
        const milliseconds = Math.min(to, begun + step) - Math.max(from, begun);
        waiting[i] = Math.max(waiting[i] as number, levels.waiting);
        booting[i] = (booting[i] as number) + levels.booting * milliseconds;
        idle[i] = (idle[i] as number) + levels.idle * milliseconds;
        busy[i] = (busy[i] as number) + levels.busy * milliseconds;
      }
    },
    points(until) {
      const points: TimelinePoint[] = [];
      for (let i = 0; i < room && startAt + i * step < until; i++) {
        const at = startAt + i * step;
        const milliseconds = Math.min(step, until - at);
        const mean = (sums: Float64Array): number => (sums[i] as number) / milliseconds;
        points.push({ at, waiting: waiting[i] as number, booting: mean(booting), idle: mean(idle), busy: mean(busy) });
      }
      return points;
    },
  };
}

function joinPairs(values: Float64Array, joined: (one: number, next: number) => number): void {
  const half = values.length / 2;
  for (let i = 0; i < half; i++) values[i] = joined(values[2 * i] as number, values[2 * i + 1] as number);
  values.fill(0, half);
}
