import { expect } from '@jest/globals';
import { grant, lane, type MakeHosts, machine, makeWithRow } from './hosts-subject.ts';

const countOf = <Answer>(answers: readonly Answer[], wanted: Answer) =>
  answers.filter((answer) => answer === wanted).length;

export const grantFacts = (make: MakeHosts) => ({
  'a grant is given once, and only where there was none': async () => {
    const { hosts, row } = await makeWithRow(make);
    expect(await hosts.give(lane, 'i-1', grant('a'))).toBe('given');
    expect(await hosts.give(lane, 'i-1', grant('b'))).toBe('refused');
    expect(await row()).toEqual(expect.objectContaining({ grantState: 'given', registration: { id: '7', name: 'a' } }));
  },

  'a grant is taken once and whole; its secret is gone, its registration stays': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    expect(await own.takeGrant()).toBeNull();
    const withExpiry = { ...grant('a'), expiresAt: 5_000 };
    await hosts.give(lane, 'i-1', withExpiry);
    expect(await own.takeGrant()).toEqual(withExpiry);
    expect(await own.takeGrant()).toBeNull();
    expect(await row()).toEqual(expect.objectContaining({ grantState: 'taken', registration: { id: '7', name: 'a' } }));
    expect(await hosts.give(lane, 'i-1', grant('b'))).toBe('refused');
  },

  'no row shows the secret, before it is taken or after': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    await hosts.give(lane, 'i-1', grant('a'));
    expect(JSON.stringify([await row(), await own.read()])).not.toContain('secret-of-a');
    await own.takeGrant();
    expect(JSON.stringify([await row(), await own.read()])).not.toContain('secret-of-a');
  },

  'what is void is never given or taken': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    expect(await hosts.void(lane, 'i-1')).toBe('void');
    expect(await hosts.void(lane, 'i-1')).toBe('void');
    expect(await hosts.give(lane, 'i-1', grant('a'))).toBe('refused');
    expect(await hosts.reserve(lane, 'i-1', 0, 1_000)).toBe(false);
    expect(await own.takeGrant()).toBeNull();
    expect((await row())?.grantState).toBe('void');
  },

  'a given grant can be made void until it is taken': async () => {
    const { hosts, ownHost } = await make();
    await hosts.open(lane, [machine('i-1'), machine('i-2')]);
    for (const id of ['i-1', 'i-2']) await hosts.give(lane, id, grant(id));
    expect(await hosts.void(lane, 'i-1')).toBe('void');
    expect(await ownHost('i-1').takeGrant()).toBeNull();
    expect((await hosts.read(lane, ['i-1'])).get('i-1')?.registration).toEqual({ id: '7', name: 'i-1' });
    await ownHost('i-2').takeGrant();
    expect(await hosts.void(lane, 'i-2')).toBe('taken');
    expect(await hosts.void(lane, 'i-3')).toBe('absent');
  },

  'a reservation holds until its end, and only while there is no grant': async () => {
    const { hosts } = await makeWithRow(make);
    expect(await hosts.reserve(lane, 'i-1', 1_000, 2_000)).toBe(true);
    expect(await hosts.reserve(lane, 'i-1', 1_999, 3_000)).toBe(false);
    expect(await hosts.reserve(lane, 'i-1', 2_000, 3_000)).toBe(true);
    await hosts.give(lane, 'i-1', grant('a'));
    expect(await hosts.reserve(lane, 'i-1', 9_000, 10_000)).toBe(false);
    expect(await hosts.reserve(lane, 'i-none', 0, 1_000)).toBe(false);
  },

  'a reservation is no condition of giving': async () => {
    const { hosts } = await makeWithRow(make);
    await hosts.reserve(lane, 'i-1', 1_000, 2_000);
    expect(await hosts.give(lane, 'i-1', grant('a'))).toBe('given');
  },
});

export const raceFacts = (make: MakeHosts) => ({
  'of many that reserve at once exactly one may': async () => {
    const { hosts } = await makeWithRow(make);
    const answers = await Promise.all(Array.from({ length: 20 }, () => hosts.reserve(lane, 'i-1', 1_000, 2_000)));
    expect(countOf(answers, true)).toBe(1);
  },

  'of many that give at once exactly one does': async () => {
    const { hosts, own } = await makeWithRow(make);
    const grants = Array.from({ length: 20 }, (_, index) => grant(`runner-${index}`));
    const answers = await Promise.all(grants.map((each) => hosts.give(lane, 'i-1', each)));
    expect(countOf(answers, 'given')).toBe(1);
    expect(await own.takeGrant()).toEqual(grants[answers.indexOf('given')]);
  },

  'of many that take at once exactly one gets the grant': async () => {
    const { hosts, own } = await makeWithRow(make);
    await hosts.give(lane, 'i-1', grant('a'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => own.takeGrant()));
    expect(answers.filter((answer) => answer !== null)).toEqual([grant('a')]);
  },

  'of void and take exactly one wins': async () => {
    const { hosts, ownHost } = await make();
    const ids = Array.from({ length: 20 }, (_, index) => `i-${index}`);
    await hosts.open(lane, ids.map(machine));
    for (const id of ids) await hosts.give(lane, id, grant(id));
    const race = async (id: string, index: number) => {
      const calls = [() => hosts.void(lane, id), () => ownHost(id).takeGrant()];
      const answers = await Promise.all((index % 2 ? calls : calls.reverse()).map((call) => call()));
      return (index % 2 ? answers : answers.reverse()) as [string, unknown];
    };
    for (const [outcome, got] of await Promise.all(ids.map(race))) {
      expect(outcome).toBe(got === null ? 'void' : 'taken');
    }
  },
});
