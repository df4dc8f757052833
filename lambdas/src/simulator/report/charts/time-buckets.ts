import { scaleUtc } from 'd3-scale';
import type { Instant } from '../../../core/instant.ts';
import type { TimelinePoint } from '../../result.ts';
import { countOf, meanText } from '../number-text.ts';
import { momentText } from '../time-text.ts';

/** A stretch of several points: as in one of them, the most jobs that waited, and machines on average. */
export interface Bucket extends Omit<TimelinePoint, 'at'> {
  readonly from: Instant;
}

/** About that many stretches, which begin where the calendar has a round time. */
export function bucketsOf(timeline: readonly TimelinePoint[], count: number): readonly Bucket[] {
  const [first, last] = [timeline[0], timeline.at(-1)];
  if (first === undefined || last === undefined) return [];
  const starts = [first.at, ...scaleUtc().domain([first.at, last.at]).ticks(count).map(Number)];
  const distinct = starts.filter((start, place) => start !== starts[place + 1]);
  return distinct.map((from, place) => bucketOf(from, pointsIn(timeline, from, distinct[place + 1])));
}

function pointsIn(timeline: readonly TimelinePoint[], from: Instant, to = Number.POSITIVE_INFINITY) {
  const within = timeline.filter(({ at }) => at >= from && at < to);
  // A point holds until the next one, which may come after the whole stretch.
  return within.length > 0 ? within : timeline.slice(0, timeline.findLastIndex(({ at }) => at < from) + 1).slice(-1);
}

function bucketOf(from: Instant, points: readonly TimelinePoint[]): Bucket {
  const mean = (of: (point: TimelinePoint) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return {
    from,
    waiting: Math.max(...points.map(({ waiting }) => waiting)),
    booting: mean(({ booting }) => booting),
    idle: mean(({ idle }) => idle),
    busy: mean(({ busy }) => busy),
  };
}

/** A stretch in words. */
export function bucketText({ from, waiting, booting, idle, busy }: Bucket): string {
  const runners = `${meanText(busy)} busy, ${meanText(idle)} idle and ${meanText(booting)} booting`;
  return `From ${momentText(from)}: at most ${countOf(waiting, 'job')} waiting; on average ${runners}`;
}
