import { describe, expect, test } from '@jest/globals';
import { fleet } from '../../tests/fleet.ts';
import { evictionOrderAt, idleCountAt, poolSizeAt } from './capacity.ts';
import type { IdleWindow, PoolTick } from './config.ts';

const at = (text: string): number => Date.parse(text);

const window = (cron: string, idleCount: number, more: Partial<IdleWindow> = {}): IdleWindow => ({
  cron,
  timeZone: 'UTC',
  idleCount,
  evictionStrategy: 'oldest_first',
  ...more,
});

const tick = (scheduleExpression: string, size: number, timeZone = 'UTC'): PoolTick => ({
  scheduleExpression,
  timeZone,
  size,
});

describe('the idle window', () => {
  const office = fleet({
    idleConfig: [
      window('* * 9-11 * * 1-5', 5, { timeZone: 'Europe/Berlin', evictionStrategy: 'newest_first' }),
      window('* * 8-17 * * 1-5', 2),
    ],
  });

  test.each([
    ['2026-01-05T07:59:59Z', 0, 'oldest_first'],
    ['2026-01-05T08:00:00Z', 5, 'newest_first'],
    ['2026-01-05T10:59:59Z', 5, 'newest_first'],
    ['2026-01-05T11:00:00Z', 2, 'oldest_first'],
    ['2026-01-05T18:00:00Z', 0, 'oldest_first'],
    ['2026-01-04T10:00:00Z', 0, 'oldest_first'],
  ])('at %s keeps %i, %s', (now, count, order) => {
    expect(idleCountAt(office, at(now))).toBe(count);
    expect(evictionOrderAt(office, at(now))).toBe(order);
  });

  test('keeps none where none is configured', () => {
    expect(idleCountAt(fleet(), 0)).toBe(0);
    expect(evictionOrderAt(fleet(), 0)).toBe('oldest_first');
  });
});

describe('the pool', () => {
  const pooled = fleet({
    minimumRunningTimeMinutes: 10,
    poolConfig: [tick('cron(0 9 ? * MON-FRI *)', 3), tick('5 9 * * *', 8), tick('rate(1 day)', 1)],
  });

  test.each([
    ['2026-01-05T08:59:59.999Z', 0],
    ['2026-01-05T09:00:00.000Z', 3],
    ['2026-01-05T09:05:00.000Z', 8],
    ['2026-01-05T09:12:00.000Z', 8],
    ['2026-01-05T09:14:59.999Z', 8],
    ['2026-01-05T09:15:00.000Z', 0],
    ['2026-01-05T00:09:59.000Z', 1],
    ['2026-01-05T00:10:00.000Z', 0],
    ['2026-01-04T09:01:00.000Z', 0],
  ])('at %s has %i ready', (now, size) => {
    expect(poolSizeAt(pooled, at(now))).toBe(size);
  });

  test('of every five minutes never lapses while runners stay for five', () => {
    const steady = fleet({ minimumRunningTimeMinutes: 5, poolConfig: [tick('rate(5 minutes)', 2)] });
    for (let n = 0; n < 600; n++) expect(poolSizeAt(steady, at('2026-01-05T00:00Z') + n * 1000)).toBe(2);
  });

  test('holds for a minute even where runners need not stay', () => {
    const short = fleet({ minimumRunningTimeMinutes: 0, poolConfig: [tick('0 9 * * *', 2)] });
    expect(poolSizeAt(short, at('2026-01-05T09:00:59Z'))).toBe(2);
    expect(poolSizeAt(short, at('2026-01-05T09:01:00Z'))).toBe(0);
  });

  test('is empty where none is configured', () => {
    expect(poolSizeAt(fleet(), 0)).toBe(0);
  });
});
