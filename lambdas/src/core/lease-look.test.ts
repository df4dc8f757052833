import { describe, expect, test } from '@jest/globals';
import { ago, aHost, ahead, aLease, aRow, now } from '../../tests/doubles/lane-facts.ts';
import { type LeaseLook, leaseLookOf } from './lease-look.ts';
import type { GrantState, HostRow, RunnerRow } from './runner.ts';
import { standingOf } from './runner-state.ts';
import { documentedTiming as timing } from './timing.ts';

function look(host: HostRow | undefined, fields: Partial<RunnerRow> = {}): LeaseLook {
  const standing = standingOf(aRow(fields), host, undefined, { bootLimitSeconds: 900, timing }, now);
  return leaseLookOf(standing, timing, now);
}
const noted = (counter: number, seconds: number): Partial<RunnerRow> => ({
  looks: { silent: { counter, since: ago(seconds) } },
});
const writtenAt = (at: number): HostRow => aHost(aLease('busy', { counter: 7, at }));

describe('a lease that was written within five minutes moves', () => {
  test.each([ago(0), ago(299.9), ahead(299.9)])('at %i, whatever was noted before: nothing is written down', (at) => {
    expect(look(writtenAt(at), noted(7, 86_400))).toEqual({ kind: 'moving' });
  });
});

describe('a host’s clock is not believed', () => {
  test.each([ago(300), ago(86_400), ahead(300), ahead(86_400)])(
    'a lease of %i is suspect at first sight, and no more: its clock may simply be wrong',
    (at) => {
      expect(look(writtenAt(at))).toEqual({ kind: 'suspect', counter: 7 });
    },
  );

  test('while its counter moves between our looks, it is never silent', () => {
    expect(look(writtenAt(ago(86_400)), noted(6, 86_400))).toEqual({ kind: 'suspect', counter: 7 });
  });
});

describe('silence is a counter that stood still, by our clock', () => {
  test.each([
    [0, { kind: 'suspect', counter: 7 }],
    [299.9, { kind: 'suspect', counter: 7 }],
    [300, { kind: 'silent', counter: 7, isLong: false }],
    [899.9, { kind: 'silent', counter: 7, isLong: false }],
    [900, { kind: 'silent', counter: 7, isLong: true }],
  ])('for %d s: %j', (seconds, expected) => {
    expect(look(writtenAt(ago(3_600)), noted(7, seconds))).toEqual(expected);
  });
});

describe('a host that never wrote a lease', () => {
  test.each<[GrantState, LeaseLook['kind']]>([
    ['none', 'moving'],
    ['given', 'moving'],
    ['void', 'moving'],
    ['taken', 'suspect'],
  ])('with its grant %s is %s: only what took one can be silent', (grantState, kind) => {
    expect(look(aHost(undefined, { grantState })).kind).toBe(kind);
  });

  test('having taken its grant, is silent since its launch', () => {
    expect(look(aHost(undefined), { launchedAt: ago(299) })).toEqual({ kind: 'moving' });
    expect(look(aHost(undefined), { launchedAt: ago(300) })).toEqual({ kind: 'suspect', counter: -1 });
    expect(look(aHost(undefined), noted(-1, 900))).toEqual({ kind: 'silent', counter: -1, isLong: true });
    // A first lease of counter 0 is a sign of life after a look that saw none.
    const first = aHost(aLease('idle', { counter: 0, at: ago(86_400) }));
    expect(look(first, noted(-1, 900))).toEqual({ kind: 'suspect', counter: 0 });
  });

  test('whose row is not there is silent, and no more: the row may be lost, and the runner at work', () => {
    expect(look(undefined, { launchedAt: ago(299) })).toEqual({ kind: 'moving' });
    expect(look(undefined)).toEqual({ kind: 'suspect', counter: -1 });
    expect(look(undefined, noted(-1, 900))).toMatchObject({ kind: 'silent', isLong: true });
  });
});
