import { describe, expect, test } from '@jest/globals';
import {
  ago,
  aHost,
  aLease,
  anInstance,
  aRegistration,
  aRow,
  now,
  silentLooks,
} from '../../tests/doubles/lane-facts.ts';
import type { HostRow, Looks, RunnerRow } from './runner.ts';
import { looksOf } from './runner-looks.ts';
import type { RunnerLook } from './runner-plan.ts';
import { standingOf } from './runner-state.ts';
import { documentedTiming as timing } from './timing.ts';

interface Case extends Partial<RunnerLook> {
  readonly row?: Partial<RunnerRow>;
  readonly host?: HostRow;
  readonly isSilenceOurs?: boolean;
}

function looks({ row, host = aHost(aLease('idle')), isSilenceOurs = false, ...look }: Case): Looks {
  const standing = standingOf(aRow(row), host, undefined, { bootLimitSeconds: 900, timing }, now);
  const usual = { instance: anInstance(), registration: aRegistration(), job: undefined };
  return looksOf({ standing, ...usual, ...look }, { timing, isSilenceOurs }, now);
}

const dead = aHost(aLease('busy', { at: ago(3_600) }));
const away = aRegistration({ online: false });
const silentFor = (seconds: number, given?: Parameters<typeof silentLooks>[1]): Partial<RunnerRow> => ({
  looks: silentLooks(seconds, given),
});
/** Silent for an hour; the forge called it busy at the last look. */
const silentAndBusy: Partial<RunnerRow> = { looks: { silent: { counter: 7, since: ago(3_600) } } };

describe('the looks at a silent host', () => {
  const silent = (given: Case): Looks['silent'] => looks({ host: dead, ...given }).silent;
  const notBusy = (given: Case) => silent(given)?.notBusy;
  const busy = aRegistration({ busy: true });
  const offlineBusy: Case = { registration: { ...away, busy: true } };

  test('the first is noted with its counter, and whether the forge missed it too', () => {
    const first = (offlineToo: boolean) => ({
      counter: 7,
      since: now,
      notBusy: { seconds: 0, until: now, offlineToo },
    });
    expect(silent({ registration: away })).toEqual(first(true));
    expect(silent({ registration: 'absent' })).toEqual(first(true));
    expect(silent({})).toEqual(first(false));
    expect(silent({ registration: busy })).toEqual({ counter: 7, since: now });
    expect(silent({ registration: 'unknown' })).toEqual({ counter: 7, since: now });
  });

  test('silence stands while the counter does, whatever the forge says meanwhile', () => {
    for (const registration of [away, aRegistration(), busy, 'absent', 'unknown'] as const) {
      expect(silent({ registration, row: silentFor(600) })).toMatchObject({ counter: 7, since: ago(600) });
      expect(silent({ registration, row: silentFor(600, { counter: 6 }) })).toMatchObject({ counter: 7, since: now });
    }
  });

  test('go on for as long as nobody calls it busy, and are noted now and then', () => {
    for (const registration of [away, aRegistration(), 'absent'] as const) {
      expect(notBusy({ registration, row: silentFor(600) })).toEqual({
        seconds: 540,
        until: ago(60),
        offlineToo: true,
      });
      const row = silentFor(600, { seen: 90 });
      expect(notBusy({ registration, row })).toEqual({ seconds: 600, until: now, offlineToo: true });
    }
    for (const given of [{ registration: busy }, offlineBusy]) {
      expect(silent({ ...given, row: silentFor(600) })).toEqual({ counter: 7, since: ago(600) });
    }
    expect(notBusy({ row: silentAndBusy })).toEqual({ seconds: 0, until: now, offlineToo: false });
  });

  test('one for which no list came is none; a gap counts for three minutes, however long it was', () => {
    const row = silentFor(3_600, { seen: 3_000 });
    expect(notBusy({ registration: 'unknown', row })).toEqual(row.looks?.silent?.notBusy);
    expect(notBusy({ registration: 'unknown', row: silentAndBusy })).toBeUndefined();
    expect(notBusy({ registration: away, row })).toEqual({ seconds: 780, until: now, offlineToo: true });
  });

  test('count for nothing while many are silent: what keeps those from us may keep them from the forge', () => {
    const row = silentFor(600);
    expect(silent({ registration: away, row, isSilenceOurs: true })).toEqual({ counter: 7, since: ago(600) });
    expect(silent({ registration: away, row: silentAndBusy, isSilenceOurs: true })).toEqual(
      silentAndBusy.looks?.silent,
    );
  });

  test('begin anew where the forge missed it later than we did, so that no failed list makes a dead host immortal', () => {
    const row = silentFor(600, { offlineToo: false });
    expect(notBusy({ registration: away, row })).toEqual({ seconds: 0, until: now, offlineToo: true });
    expect(notBusy({ registration: 'unknown', row })).toMatchObject({ seconds: 540, offlineToo: false });
    expect(notBusy({ row })).toMatchObject({ seconds: 540, offlineToo: false });
  });
});

test('a machine that is too young for lists to name it is not suspected of being gone', () => {
  expect(looks({ instance: 'unlisted', row: { launchedAt: ago(599) } })).toEqual({});
  expect(looks({ instance: 'unlisted', row: { launchedAt: ago(600) } })).toEqual({ missingAt: now });
});
