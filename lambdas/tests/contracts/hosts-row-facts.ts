import { expect } from '@jest/globals';
import { grant, lane, lease, type MakeHosts, machine, makeWithRow, otherFleet, policy } from './hosts-subject.ts';

export const rowFacts = (make: MakeHosts) => ({
  'an opened row has no grant, and both sides see it': async () => {
    const { own, row } = await makeWithRow(make);
    expect(await row()).toEqual({ instanceId: 'i-1', lane: 'small/org:acme', grantState: 'none' });
    expect(await own.read()).toEqual({ grantState: 'none', policy });
  },

  'opening again leaves a row as it is': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    await hosts.give(lane, 'i-1', grant('a'));
    await own.renew(lease);
    await hosts.open({ ...lane, scope: 'repo:acme/app' }, [machine('i-1'), machine('i-2')]);
    expect(await row()).toEqual(expect.objectContaining({ lane: 'small/org:acme', grantState: 'given', lease }));
    expect([...(await hosts.read(lane, ['i-2'])).keys()]).toEqual(['i-2']);
  },

  'absent rows are absent from a read, whatever their number': async () => {
    const { hosts } = await makeWithRow(make);
    const ids = [...Array.from({ length: 150 }, (_, index) => `none-${index}`), 'i-1'];
    expect([...(await hosts.read(lane, ids)).keys()]).toEqual(['i-1']);
    expect((await hosts.read(lane, [])).size).toBe(0);
  },

  'a machine sees its own row and no other': async () => {
    const { hosts, ownHost } = await make();
    await hosts.open(lane, [machine('i-1'), machine('i-2')]);
    await hosts.give(lane, 'i-2', grant('b'));
    expect(await ownHost('i-1').read()).toEqual({ grantState: 'none', policy });
    expect(await ownHost('i-1').takeGrant()).toBeNull();
    expect(await ownHost('i-3').read()).toBe('absent');
  },

  'a lane of the same fleet finds a row, one of another fleet does not': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    expect((await hosts.read({ ...lane, scope: 'repo:acme/app' }, ['i-1'])).size).toBe(1);
    expect((await hosts.read(otherFleet, ['i-1'])).size).toBe(0);
    expect(await hosts.reserve(otherFleet, 'i-1', 0, 1_000)).toBe(false);
    expect(await hosts.give(otherFleet, 'i-1', grant('a'))).toBe('refused');
    expect(await hosts.void(otherFleet, 'i-1')).toBe('absent');
    await hosts.ask(otherFleet, 'i-1', 'leave');
    await hosts.close(otherFleet, ['i-1']);
    expect(await row()).toEqual({ instanceId: 'i-1', lane: 'small/org:acme', grantState: 'none' });
    expect(await own.read()).toEqual({ grantState: 'none', policy });
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
    await hosts.ask(lane, 'i-1', 'leave');
    expect(await own.read()).toEqual({ grantState: 'none', ask: 'leave', policy });
    await hosts.ask(lane, 'i-1', 'removed');
    expect((await row())?.ask).toBe('removed');
    await hosts.ask(lane, 'i-1', null);
    expect(await own.read()).toEqual({ grantState: 'none', policy });
    expect(await row()).toEqual({ instanceId: 'i-1', lane: 'small/org:acme', grantState: 'none' });
  },

  'lease, ask and grant leave each other alone': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    await Promise.all([own.renew(lease), hosts.ask(lane, 'i-1', 'stay'), hosts.give(lane, 'i-1', grant('a'))]);
    const registration = { id: '7', name: 'a' };
    expect(await row()).toEqual({
      instanceId: 'i-1',
      lane: 'small/org:acme',
      grantState: 'given',
      registration,
      lease,
      ask: 'stay',
    });
  },

  'a closed row is never reborn by who comes late': async () => {
    const { hosts, own, row } = await makeWithRow(make);
    await hosts.give(lane, 'i-1', grant('a'));
    await hosts.close(lane, ['i-1', 'never-there']);
    expect(await own.renew(lease)).toBe('absent');
    expect(await own.takeGrant()).toBeNull();
    await hosts.ask(lane, 'i-1', 'leave');
    expect(await hosts.void(lane, 'i-1')).toBe('absent');
    expect(await hosts.give(lane, 'i-1', grant('b'))).toBe('refused');
    expect(await hosts.reserve(lane, 'i-1', 0, 1_000)).toBe(false);
    expect(await row()).toBeUndefined();
    expect(await own.read()).toBe('absent');
  },
});
