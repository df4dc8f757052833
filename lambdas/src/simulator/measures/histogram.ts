import type { HistogramBar, Percentiles } from '../result.ts';

/** Durations by their size, in buckets under 1 % wide. Plain data: for another thread, for a file, for adding seeds up. */
export interface HistogramData {
  /** By bucket, up to the last one in use. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly sumSeconds: number;
  readonly maxSeconds: number;
}

/** Takes any number of durations into a few thousand numbers, to the millisecond below a quarter of a second. */
export interface Histogram {
  add(seconds: number): void;
  /** As it is now; what is added later does not change it. */
  data(): HistogramData;
}

/** Buckets for each doubling, as HdrHistogram has them: one of them is at most 1/128 of its values wide. */
const perDoubling = 128;

export function histogram(): Histogram {
  const counts: number[] = [];
  let count = 0;
  let sum = 0;
  let max = 0;
  return {
    add(seconds) {
      if (!(seconds >= 0 && seconds < Number.POSITIVE_INFINITY)) {
        throw new RangeError(
          `A duration of ${seconds} s has no place in a histogram: give a finite one of at least 0.`,
        );
      }
      const milliseconds = Math.round(seconds * 1000);
      const bucket = bucketOf(milliseconds);
      while (counts.length <= bucket) counts.push(0);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      count += 1;
      sum += milliseconds;
      max = Math.max(max, milliseconds);
    },
    data: () => ({ counts: counts.slice(), count, sumSeconds: sum / 1000, maxSeconds: max / 1000 }),
  };
}

/** The histogram of both together. */
export function mergedHistograms(one: HistogramData, other: HistogramData): HistogramData {
  const [longer, shorter] =
    one.counts.length >= other.counts.length ? [one.counts, other.counts] : [other.counts, one.counts];
  return {
    counts: longer.map((count, bucket) => count + (shorter[bucket] ?? 0)),
    count: one.count + other.count,
    sumSeconds: one.sumSeconds + other.sumSeconds,
    maxSeconds: Math.max(one.maxSeconds, other.maxSeconds),
  };
}

/** By nearest rank: each is a duration that there was, within 1 %; the longest is exact. Of none: zeros. */
export function percentilesOf(data: HistogramData): Percentiles {
  // Whole percents, as 0.95 × count may come out above a whole number that it is.
  const percentile = (percent: number): number => durationAt(data, Math.ceil((percent * data.count) / 100));
  return { p50: percentile(50), p95: percentile(95), p99: percentile(99), max: data.maxSeconds };
}

function durationAt(data: HistogramData, rank: number): number {
  let left = rank;
  for (let bucket = 0; bucket < data.counts.length; bucket++) {
    left -= data.counts[bucket] ?? 0;
    if (left <= 0) return secondsOf(bucket, data);
  }
  return data.maxSeconds;
}

const minute = 60;
const hour = 60 * minute;

/** Where people who wait change their minds: coffee, lunch, tomorrow. Always the same, so that runs can be laid side by side. */
const edgesSeconds: readonly number[] = [
  ...[0, 5, 10, 15, 20, 30, 45],
  ...[1, 1.5, 2, 3, 4, 5, 7.5, 10, 15, 20, 30, 45].map((minutes) => minutes * minute),
  ...[1, 2, 4, 8, 24].map((hours) => hours * hour),
];

/** For a picture: up to the bar that holds the longest one. A duration within 1 % of an edge may stand beside it. */
export function barsOf(data: HistogramData): readonly HistogramBar[] {
  const last = edgesSeconds.findLastIndex((edge) => edge <= data.maxSeconds);
  const counts = edgesSeconds.slice(0, last + 1).map(() => 0);
  data.counts.forEach((count, bucket) => {
    const seconds = secondsOf(bucket, data);
    const bar = edgesSeconds.findLastIndex((edge) => edge <= seconds);
    if (count > 0) counts[bar] = (counts[bar] ?? 0) + count;
  });
  return counts.map((count, bar) => ({
    fromSeconds: edgesSeconds[bar] ?? 0,
    toSeconds: edgesSeconds[bar + 1] ?? data.maxSeconds,
    count,
  }));
}

/** One a millisecond below two doublings' worth of them, and then `perDoubling` for each doubling. */
function bucketOf(milliseconds: number): number {
  let doublings = 0;
  let scaled = milliseconds;
  while (scaled >= 2 * perDoubling) {
    scaled /= 2;
    doublings += 1;
  }
  return doublings * perDoubling + Math.floor(scaled);
}

/** The middle of a bucket's whole milliseconds, or the longest duration where that is less. */
function secondsOf(bucket: number, { maxSeconds }: HistogramData): number {
  const doublings = Math.max(0, Math.floor(bucket / perDoubling) - 1);
  const width = 2 ** doublings;
  const least = (bucket - doublings * perDoubling) * width;
  return Math.min((least + (width - 1) / 2) / 1000, maxSeconds);
}
