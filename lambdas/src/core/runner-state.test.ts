import { describe, expect, test } from '@jest/globals';
import { ago, aHost, ahead, aLaneJob, aLease, aRow, now } from '../../tests/doubles/lane-facts.ts';
import type { HostRow, Lease, Looks, RunnerRow } from './runner.ts';
import { type Standing, standingOf } from './runner-state.ts';
import { documentedTiming } from './timing.ts';

const policy = { bootLimitSeconds: 900, timing: documentedTiming };
const job = aLaneJob(1, { state: 'running', runnerName: 'ci-i-1' });
const judged = (row: RunnerRow, host?: HostRow, named = false): Standing =>
  standingOf(row, host, named ? job : undefined, policy, now);

const phases = ['up', 'leaving', 'gone'] as const;
const sights = [undefined, 'booting', 'idle', 'busy', 'leaving', 'done'] as const;
const ages = [10, 900, 901, 86_400] as const;

/** Every runner there is, but for what its looks say. */
const everyRunner = phases.flatMap((phase) =>
  sights.flatMap((sees) =>
    ages.flatMap((age) =>
      [true, false].map((named) => {
        const row = aRow({ phase, launchedAt: ago(age), reason: 'surplus' });
        const host = aHost(sees && aLease(sees));
        return { phase, sees, age, named, standing: standingOf(row, host, named ? job : undefined, policy, now) };
      }),
    ),
  ),
);

describe('a runner is what its job and its lease say', () => {
  test('whatever else is true, one that runs a job is busy and no supply', () => {
    for (const { phase, sees, named, standing } of everyRunner) {
      if (phase === 'gone' || sees === 'done' || !(named || sees === 'busy')) continue;
      expect(standing).toMatchObject({ state: 'busy', isSupply: false });
    }
  });

  test('whatever its lease still says, one that is gone is gone', () => {
    for (const { phase, standing } of everyRunner) expect(standing.state === 'gone').toBe(phase === 'gone');
  });

  test('one that did its single job takes no other, even before the event of its end came', () => {
    for (const { phase, sees, standing } of everyRunner) {
      if (phase === 'gone' || sees !== 'done') continue;
      expect(standing).toMatchObject({ state: 'leaving', reason: 'done', isSupply: false, standsForJob: false });
    }
  });

  test('only one that boots in time or idles is counted on', () => {
    for (const { phase, sees, age, named, standing } of everyRunner) {
      const boots = (sees === undefined || sees === 'booting') && age <= policy.bootLimitSeconds;
      expect(standing.isSupply).toBe(phase === 'up' && !named && (sees === 'idle' || boots));
    }
  });

  test('one that leaves is no supply, and says who wanted it', () => {
    const leaving = aRow({ phase: 'leaving', reason: 'surplus' });
    expect(judged(leaving, aHost(aLease('idle')))).toMatchObject({ state: 'leaving', reason: 'surplus' });
    expect(judged(aRow(), aHost(aLease('leaving')))).toMatchObject({ state: 'leaving', reason: 'host-leaves' });
    const spot = aHost(aLease('leaving', { reason: 'spot-notice' }));
    expect(judged(aRow(), spot)).toMatchObject({ state: 'leaving', reason: 'spot-notice', isSupply: false });
  });

  test('before its first word it is launching, then booting', () => {
    expect(judged(aRow()).state).toBe('launching');
    expect(judged(aRow(), aHost(undefined)).state).toBe('launching');
    expect(judged(aRow(), aHost(aLease('booting')))).toMatchObject({ state: 'booting', reason: 'boots' });
    const late = aRow({ launchedAt: ago(901) });
    expect(judged(late, aHost(aLease('booting')))).toMatchObject({ state: 'booting', reason: 'past-boot-limit' });
    expect(judged(late)).toMatchObject({ state: 'launching', reason: 'past-boot-limit' });
  });
});

describe('a worker that no job explains', () => {
  const busySince = (since: number): Standing => judged(aRow(), aHost(aLease('busy', { since })));

  test.each([
    [ago(0), true],
    [ago(179.999), true],
    [ago(180), false],
    [ago(3_600), false],
    // A host's clock that runs ahead must not make it stand for a job for ever.
    [ahead(180), true],
    [ahead(180.001), false],
    [ahead(86_400), false],
  ])('seen since %i stands for a queued job: %s', (since, stands) => {
    expect(busySince(since)).toMatchObject({
      standsForJob: stands,
      reason: stands ? 'lease-shows-worker' : 'foreign-job',
    });
  });

  test('stands for none once its job is known: it would be counted twice', () => {
    expect(judged(aRow(), aHost(aLease('busy')), true)).toMatchObject({ reason: 'job-names-it', standsForJob: false });
  });
});

describe('an idle runner that the forge does not know', () => {
  const unlisted = (looks: Looks, sees: Lease['sees'] = 'idle'): Standing =>
    judged(aRow({ looks: { unlistedAt: ago(3_600), ...looks } }), aHost(aLease(sees)));

  test('is no supply after two looks a minute apart: no job would ever reach it', () => {
    const gone = unlisted({ unlistedTwice: true });
    expect(gone).toMatchObject({ state: 'idle', isSupply: false, reason: 'forge-does-not-know-it' });
  });

  test('is supply until the second look, however long ago the first was: it may only have begun to listen', () => {
    expect(unlisted({})).toMatchObject({ isSupply: true, reason: 'waits-for-job' });
  });

  test('is busy all the same where its worker runs', () => {
    expect(unlisted({ unlistedTwice: true }, 'busy').state).toBe('busy');
  });
});
