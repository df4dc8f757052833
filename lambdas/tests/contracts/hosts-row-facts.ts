import { expect } from '@jest/globals';
import { grant, lane, lease, type MakeHosts, machine, makeWithRow, policy } from './hosts-subject.ts';

export const rowFacts = (make: MakeHosts) => ({
  'an opened row has no grant, and both sides see it': async () => {
    const { own, row } = await makeWithRow(make);
    expect(await row()).toEqual({ instanceId: 'i-1', lane, grantState: 'none' });
    expect(await own.read()).toEqual({ grantState: 'none', policy });
  },

  'opening again leaves a row as it is': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    await hosts.give('i-1', grant('a'));
    await own.renew(lease);
    await hosts.open([{ ...machine('i-1'), lane: 'other/org:acme' }, machine('i-2')]);
    expect(await row()).toEqual(expect.objectContaining({ lane, grantState: 'given', lease }));
    expect([...(await hosts.read(['i-2'])).keys()]).toEqual(['i-2']);
  },

  'absent rows are absent from a read, whatever their number': async () => {
    const { hosts } = await makeWithRow(make);
    const ids = [...Array.from({ length: 150 }, (_, index) => `none-${index}`), 'i-1'];
    expect([...(await hosts.read(ids)).keys()]).toEqual(['i-1']);
    expect((await hosts.read([])).size).toBe(0);
  },

  'a machine sees its own row and no other': async () => {
    const { hosts, ownHost } = await make();
    await hosts.open([machine('i-1'), machine('i-2')]);
    await hosts.give('i-2', grant('b'));
    expect(await ownHost('i-1').read()).toEqual({ grantState: 'none', policy });
    expect(await ownHost('i-1').takeGrant()).toBeNull();
    expect(await ownHost('i-3').read()).toBe('absent');
  },

  'a renewed lease replaces the last one': async () => {
    const { own, row } = await makeWithRow(make);
    expect(await own.renew(lease)).toBe('renewed');
    const leaving = { ...lease, counter: 2, sees: 'leaving', reason: 'no-job' } as const;
    expect(await own.renew(leaving)).toBe('renewed');
    expect((await row())?.lease).toEqual(leaving);
  },

  'an ask is seen by the host until it is taken back': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    await hosts.ask('i-1', 'leave');
    expect(await own.read()).toEqual({ grantState: 'none', ask: 'leave', policy });
    await hosts.ask('i-1', 'removed');
    expect((await row())?.ask).toBe('removed');
    await hosts.ask('i-1', null);
    expect(await own.read()).toEqual({ grantState: 'none', policy });
    expect(await row()).toEqual({ instanceId: 'i-1', lane, grantState: 'none' });
  },

  'lease, ask and grant leave each other alone': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    await Promise.all([own.renew(lease), hosts.ask('i-1', 'stay'), hosts.give('i-1', grant('a'))]);
    const registration = { id: '7', name: 'a' };
    expect(await row()).toEqual({ instanceId: 'i-1', lane, grantState: 'given', registration, lease, ask: 'stay' });
  },

  'a closed row is never reborn by who comes late': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    await hosts.give('i-1', grant('a'));
    await hosts.close(['i-1', 'never-there']);
    expect(await own.renew(lease)).toBe('absent');
    expect(await own.takeGrant()).toBeNull();
    await hosts.ask('i-1', 'leave');
    expect(await hosts.void('i-1')).toBe('absent');
    expect(await hosts.give('i-1', grant('b'))).toBe('refused');
    expect(await hosts.reserve('i-1', 0, 1_000)).toBe(false);
    expect(await row()).toBeUndefined();
    expect(await own.read()).toBe('absent');
  },
});
