import { describe, expect, test } from '@jest/globals';
import {
  ago,
  aHost,
  aLaneJob,
  aLease,
  anInstance,
  aRegistration,
  aRow,
  now,
  silentLooks,
} from '../../tests/doubles/lane-facts.ts';
import { fleet } from '../../tests/fleet.ts';
import type { HostRow, Looks, RunnerRow } from './runner.ts';
import { planRunner, type RunnerLook, type RunnerPlan } from './runner-plan.ts';
import { standingOf } from './runner-state.ts';
import { documentedTiming as timing } from './timing.ts';

interface Case extends Partial<RunnerLook> {
  readonly row?: Partial<RunnerRow>;
  readonly host?: HostRow | null;
  readonly isSilenceOurs?: boolean;
}

function plan({ row, host = aHost(aLease('idle')), isSilenceOurs = false, ...look }: Case): RunnerPlan {
  const policy = { bootLimitSeconds: 900, timing };
  const standing = standingOf(aRow(row), host ?? undefined, undefined, policy, now);
  const usual = { instance: anInstance(), registration: aRegistration(), job: undefined };
  return planRunner({ standing, ...usual, ...look }, { fleet: fleet(), timing, isSilenceOurs }, now);
}

const dead = aHost(aLease('busy', { at: ago(3_600) }));
const deadAndRemoved = aHost(aLease('leaving', { at: ago(3_600) }), { ask: 'removed' });
const silentFor = (seconds: number, looks?: Parameters<typeof silentLooks>[1]): Partial<RunnerRow> => ({
  looks: silentLooks(seconds, looks),
});
/** Silent for an hour; the forge calls it busy, or did until that many seconds ago. */
const silentAndBusy: Partial<RunnerRow> = { looks: { silent: { counter: 7, since: ago(3_600) } } };
const silentAndIdleFor = (seconds: number): Partial<RunnerRow> => ({
  looks: {
    silent: { counter: 7, since: ago(3_600), notBusy: { seconds: seconds - 60, until: ago(60), offlineToo: true } },
  },
});
const away = aRegistration({ online: false });

/** Its registration may be gone already: to take it back would leave a runner that no job ever reaches. */
const bypassed: Case = { instance: anInstance({ bypassRemoval: true }), row: { phase: 'leaving' } };

describe('a reason for each', () => {
  test.each<[string, string, Case]>([
    ['keep', 'waits-for-job', {}],
    ['keep', 'lease-shows-worker', { host: aHost(aLease('busy')) }],
    ['keep', 'ends-itself', { host: aHost(aLease('done')) }],
    ['keep', 'host-leaves', { host: aHost(aLease('leaving')) }],
    ['keep', 'stopping', { instance: anInstance({ state: 'stopping' }) }],
    ['keep', 'bypass-removal', { instance: anInstance({ bypassRemoval: true }) }],
    ['close', 'terminated', { instance: anInstance({ state: 'terminated' }) }],
    ['close', 'Spot', { instance: anInstance({ state: 'terminated', endReason: 'Spot' }) }],
    ['close', 'absent', { instance: 'unlisted', row: { looks: { missingAt: ago(300) } } }],
    ['keep', 'silent', { host: dead, row: silentFor(899), registration: 'absent' }],
    ['keep', 'too-many-silent-at-once', { host: dead, row: silentFor(900), isSilenceOurs: true }],
    ['keep', 'silent-and-forge-unknown', { host: dead, row: silentFor(900), registration: 'unknown' }],
    ['keep', 'silent-but-forge-says-busy', { host: dead, row: silentFor(900), registration: { ...away, busy: true } }],
    [
      'read-job',
      'silent-but-a-job-names-it',
      { host: dead, row: silentFor(900), registration: away, job: aLaneJob(1) },
    ],
    ['keep', 'silent-but-not-idle-for-long', { host: dead, row: silentAndIdleFor(899), registration: away }],
    ['end-lost', 'silent', { host: dead, row: silentAndIdleFor(900), registration: away }],
    ['keep', 'silent-but-not-idle-for-long', { host: dead, row: silentAndBusy, registration: away }],
    // Nobody looked in between, and one look may be a lie.
    ['keep', 'silent-but-not-idle-for-long', { host: dead, row: silentFor(960, { seen: 300 }), registration: away }],
    [
      'keep',
      'silent-but-not-idle-for-long',
      { host: dead, row: silentFor(960, { seen: 300 }), instance: anInstance({ impaired: true }) },
    ],
    ['end-lost', 'silent', { host: dead, row: silentFor(1_020, { seen: 300 }), registration: away }],
    ['keep', 'silent-but-online', { host: dead, row: silentFor(900) }],
    ['keep', 'silent-but-online', { host: dead, row: silentFor(900, { offlineToo: false }) }],
    ['end-lost', 'silent', { host: dead, row: silentFor(900), registration: away }],
    ['keep', 'silent-and-removed', { host: deadAndRemoved, row: silentFor(900), registration: 'absent' }],
    ['end-lost', 'impaired', { host: deadAndRemoved, row: silentFor(900), instance: anInstance({ impaired: true }) }],
    ['end-lost', 'impaired', { host: dead, row: silentFor(900), instance: anInstance({ impaired: true }) }],
    ['end-at-hard-limit', 'hard-limit', { row: { launchedAt: ago(121 * 3_600 + 1) } }],
    ['end-unstarted', 'boot-limit', { host: aHost(undefined, { grantState: 'given' }), row: { launchedAt: ago(301) } }],
    ['keep', 'boots', { host: aHost(undefined, { grantState: 'given' }), row: { launchedAt: ago(300) } }],
    ['retire', 'surplus', { host: aHost(aLease('leaving')), row: { phase: 'leaving', reason: 'surplus' } }],
    ['keep', 'asked-to-leave', { host: aHost(aLease('idle'), { ask: 'leave' }), row: { phase: 'leaving' } }],
    ['keep', 'ends-when-quiet', { host: aHost(aLease('leaving'), { ask: 'removed' }), row: { phase: 'leaving' } }],
    ['ask-to-leave', 'surplus', { row: { phase: 'leaving', reason: 'surplus' } }],
    ['forget-answer', 'stays', { host: aHost(aLease('idle'), { ask: 'stay' }) }],
    ['take-back', 'worker-while-leaving', { host: aHost(aLease('busy'), { ask: 'leave' }), row: { phase: 'leaving' } }],
    ['keep', 'bypass-removal', { ...bypassed, host: aHost(aLease('leaving'), { ask: 'removed' }) }],
    ['take-back', 'bypass-removal', { instance: anInstance({ bypassRemoval: true }), row: { phase: 'leaving' } }],
  ])('%s, %s', (kind, reason, given) => {
    expect(plan(given)).toMatchObject({ kind, reason });
  });
});

describe('an idle runner that the forge does not know', () => {
  const looksOf = (given: Case): Looks => plan(given).looks;

  test('is noted at first sight, and asked to leave after a minute', () => {
    expect(plan({ registration: 'absent' })).toMatchObject({ kind: 'keep', looks: { unlistedAt: now } });
    const noted: Case = { registration: away, row: { looks: { unlistedAt: ago(60) } } };
    expect(plan(noted)).toMatchObject({ kind: 'ask-to-leave', reason: 'forge-does-not-know-it' });
    expect(plan(noted).looks).toEqual({ unlistedAt: ago(60), unlistedTwice: true });
    expect(plan({ ...noted, row: { looks: { unlistedAt: ago(59) } } }).kind).toBe('keep');
  });

  test('is not asked to leave where the second list failed, however long ago the first was', () => {
    const row = { looks: { unlistedAt: ago(3_600) } };
    expect(plan({ row, registration: 'unknown' })).toMatchObject({ kind: 'keep', looks: row.looks });
    const confirmed = { looks: { ...row.looks, unlistedTwice: true } } as const;
    expect(plan({ row: confirmed, registration: 'unknown' })).toMatchObject({ kind: 'ask-to-leave', ...confirmed });
  });

  test('is suspected no more once a list names it, or it works; a list that failed changes nothing', () => {
    const row = { looks: { unlistedAt: ago(30) } };
    expect(looksOf({ row })).toEqual({});
    expect(looksOf({ row, registration: 'absent', host: aHost(aLease('busy')) })).toEqual({});
    expect(looksOf({ row, registration: 'absent' })).toEqual({ unlistedAt: ago(30) });
    expect(looksOf({ row, registration: 'unknown' })).toEqual({ unlistedAt: ago(30) });
    expect(looksOf({ registration: 'unknown' })).toEqual({});
  });
});

describe('a host without a row', () => {
  const lost = { looks: silentLooks(900, { counter: -1 }), launchedAt: ago(86_400) };

  test('is not taken for one that never started: its table may have been lost under runners at work', () => {
    expect(plan({ host: null, row: { launchedAt: ago(86_400) } })).toMatchObject({ kind: 'keep' });
    expect(plan({ host: null, row: lost })).toMatchObject({ kind: 'keep', reason: 'silent-but-online' });
    const job = aLaneJob(1, { state: 'running' });
    expect(plan({ host: null, row: lost, registration: 'absent', job }).kind).toBe('read-job');
  });

  test('is lost in the end like any other', () => {
    expect(plan({ host: null, row: lost, registration: 'absent' }).kind).toBe('end-lost');
  });
});
