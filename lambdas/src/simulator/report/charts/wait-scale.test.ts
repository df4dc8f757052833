import { expect, test } from '@jest/globals';
import type { HistogramBar } from '../../result.ts';
import { waitScale } from './wait-scale.ts';

const barsOf = (edges: readonly number[], counts: readonly number[]): readonly HistogramBar[] =>
  counts.map((count, place) => ({ fromSeconds: edges[place] ?? 0, toSeconds: edges[place + 1] ?? 0, count }));

const even = barsOf([0, 10, 20, 30, 40], [5, 9, 1, 0]);
const growing = barsOf([0, 5, 10, 20, 45, 90], [1, 0, 7, 3, 1]);

test('bars of one width stand on an even scale, that ends with the last job', () => {
  const scale = waitScale([even], 25);
  expect(scale).toMatchObject({ grows: false, untilSeconds: 30, mostJobs: 9 });
  expect([0, 15, 30].map((seconds) => scale?.across(seconds))).toEqual([0, 50, 100]);
});

test('bars that grow stand on a scale that grows with them', () => {
  const scale = waitScale([growing], 80);
  expect(scale).toMatchObject({ grows: true, untilSeconds: 90, mostJobs: 7 });
  expect(scale?.across(45)).toBeGreaterThan(75);
});

test('one job that waited for long does not press the others together', () => {
  const edges = Array.from({ length: 101 }, (_, edge) => edge * 10);
  const counts = edges.slice(1).map((_, place) => (place < 4 ? 50 : place === 99 ? 1 : 0));
  expect(waitScale([barsOf(edges, counts)], 38)?.untilSeconds).toBe(50);
});

test('two runs share one scale', () => {
  expect(waitScale([even, barsOf([0, 10, 20, 30, 40], [0, 0, 2, 30])], 39)).toMatchObject({
    untilSeconds: 40,
    mostJobs: 30,
  });
});

test('without jobs there is no scale', () => {
  expect(waitScale([], 0)).toBeUndefined();
  expect(waitScale([barsOf([0, 5], [0])], 0)).toBeUndefined();
});
