import { describe, expect, test } from '@jest/globals';
import { breakerAt, type LaunchFailures } from './breaker.ts';
import { documentedTiming } from './timing.ts';

const now = Date.UTC(2026, 0, 5, 12);
const row = (failures: number, more: Partial<LaunchFailures> = {}): LaunchFailures => ({
  failures,
  hash: 'a',
  reason: 'boot-limit',
  failedAt: now,
  ...more,
});

describe('the breaker', () => {
  test('is closed without failures, and below three in a row', () => {
    expect(breakerAt(undefined, 'a', now, documentedTiming)).toEqual({ kind: 'closed' });
    expect(breakerAt(row(2), 'a', now, documentedTiming)).toEqual({ kind: 'closed' });
  });

  test('is closed once the configuration changed', () => {
    expect(breakerAt(row(9), 'b', now, documentedTiming)).toEqual({ kind: 'closed' });
  });

  test.each([
    [3, 60],
    [4, 120],
    [5, 240],
    [8, 1920],
    [9, 3600],
    [2000, 3600],
  ])('after %i failures it is open for %i seconds, then allows a probe', (failures, seconds) => {
    const until = now + seconds * 1000;
    const open = { kind: 'open', until, reason: 'boot-limit' };
    expect(breakerAt(row(failures), 'a', now, documentedTiming)).toEqual(open);
    expect(breakerAt(row(failures), 'a', until - 1, documentedTiming)).toEqual(open);
    expect(breakerAt(row(failures), 'a', until, documentedTiming)).toEqual({ kind: 'probe' });
  });

  test('a probe that is on its way holds back the next one', () => {
    const probed = row(3, { failedAt: now - 90_000, probedAt: now - 10_000 });
    expect(breakerAt(probed, 'a', now, documentedTiming)).toEqual({
      kind: 'open',
      until: now + 50_000,
      reason: 'boot-limit',
    });
  });

  test('a failure after the probe counts from the failure', () => {
    const failed = row(4, { failedAt: now, probedAt: now - 300_000 });
    expect(breakerAt(failed, 'a', now, documentedTiming)).toMatchObject({ kind: 'open', until: now + 120_000 });
  });
});
