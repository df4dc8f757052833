import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { barsOf, type HistogramData, histogram, mergedHistograms, percentilesOf } from './histogram.ts';

function histogramOf(durations: readonly number[]): HistogramData {
  const all = histogram();
  for (const seconds of durations) all.add(seconds);
  return all.data();
}

const durations = fc.array(
  fc.oneof(fc.nat(300), fc.nat(100_000), fc.nat(10_000_000_000)).map((milliseconds) => milliseconds / 1000),
  { maxLength: 200 },
);

describe('percentiles', () => {
  test('of nothing are zeros', () => {
    expect(percentilesOf(histogramOf([]))).toEqual({ p50: 0, p95: 0, p99: 0, max: 0 });
  });

  test('are exact below a quarter of a second', () => {
    const all = histogramOf(Array.from({ length: 200 }, (_, i) => (i + 1) / 1000));
    expect(percentilesOf(all)).toEqual({ p50: 0.1, p95: 0.19, p99: 0.198, max: 0.2 });
  });

  test('are never longer than the longest, which is exact', () => {
    // The first millisecond of its bucket, whose middle is later.
    expect(percentilesOf(histogramOf([8.192]))).toEqual({ p50: 8.192, p95: 8.192, p99: 8.192, max: 8.192 });
  });

  test('a lost hundredth does not hide in the 99th of a hundred, and shows as the longest', () => {
    const { p99, max } = percentilesOf(histogramOf([...Array.from({ length: 99 }, () => 0.1), 86_400]));
    expect([p99, max]).toEqual([0.1, 86_400]);
  });

  test('are within 1 % of the nearest rank, however long the durations are', () => {
    fc.assert(
      fc.property(durations, (seconds) => {
        fc.pre(seconds.length > 0);
        const sorted = seconds.toSorted((one, other) => one - other);
        const found = percentilesOf(histogramOf(seconds));
        for (const percent of [50, 95, 99] as const) {
          const exact = sorted[Math.ceil((percent * sorted.length) / 100) - 1] as number;
          expect(Math.abs(found[`p${percent}`] - exact)).toBeLessThanOrEqual(0.01 * exact);
        }
        expect(found.max).toBe(sorted.at(-1));
      }),
    );
  });
});

test.each([Number.NaN, -0.5, Number.POSITIVE_INFINITY])('a duration of %d s is refused', (seconds) => {
  expect(() => histogram().add(seconds)).toThrow(`A duration of ${seconds} s has no place in a histogram`);
});

test('what was handed out is not changed by what comes later', () => {
  const all = histogram();
  all.add(1);
  const before = all.data();
  all.add(1);
  expect([before.count, before.counts.reduce((one, other) => one + other)]).toEqual([1, 1]);
});

test('the histogram of two parts is that of the whole', () => {
  fc.assert(
    fc.property(durations, durations, (some, others) => {
      const merged = mergedHistograms(histogramOf(some), histogramOf(others));
      const whole = histogramOf([...some, ...others]);
      expect(merged).toEqual({ ...whole, sumSeconds: merged.sumSeconds });
      expect(merged.sumSeconds).toBeCloseTo(whole.sumSeconds, 3);
    }),
  );
});

test('it outlives being written as JSON', () => {
  const data = histogramOf([0.5, 90, 4_000]);
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
});

describe('bars', () => {
  test('of nothing are one empty bar', () => {
    expect(barsOf(histogramOf([]))).toEqual([{ fromSeconds: 0, toSeconds: 5, count: 0 }]);
  });

  test('stand on a human scale, up to the longest duration', () => {
    const bars = barsOf(histogramOf([1, 2, 7, 100, 100]));
    expect(bars.map(({ fromSeconds, count }) => [fromSeconds, count])).toEqual([
      ...[
        [0, 2],
        [5, 1],
        [10, 0],
        [15, 0],
        [20, 0],
        [30, 0],
        [45, 0],
        [60, 0],
      ],
      [90, 2],
    ]);
    expect(bars.at(-1)?.toSeconds).toBe(120);
  });

  test('the 24th is open to the longest one', () => {
    const bars = barsOf(histogramOf([3, 500_000]));
    expect(bars).toHaveLength(24);
    expect(bars.at(-1)).toEqual({ fromSeconds: 86_400, toSeconds: 500_000, count: 1 });
  });

  test('follow one another without gaps, and hold every duration once', () => {
    fc.assert(
      fc.property(durations, (seconds) => {
        const bars = barsOf(histogramOf(seconds));
        expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(seconds.length);
        expect(bars.slice(1).map(({ fromSeconds }) => fromSeconds)).toEqual(
          bars.slice(0, -1).map(({ toSeconds }) => toSeconds),
        );
      }),
    );
  });
});
