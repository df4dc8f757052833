import { expect } from '@jest/globals';
import type { Write } from '../../src/adapters/ledger/table.ts';
import { absent, key, type MakeTable, put } from './table-subject.ts';

export const conditionFacts = (make: MakeTable) => ({
  'each condition holds where it says, and nowhere else': async () => {
    const { table } = await make();
    await table.transact([put('row', { five: 5, text: '5', nothing: null, yes: true })]);
    const judge = async (sk: string, ...conditions: NonNullable<Write['if']>) =>
      (await table.transact([{ kind: 'check', key: key(sk), if: conditions }])).kind === 'written';

    expect(await judge('row', { row: 'present' })).toBe(true);
    expect(await judge('row', { row: 'absent' })).toBe(false);
    expect(await judge('none', { row: 'absent' })).toBe(true);
    expect(await judge('none', { row: 'present' })).toBe(false);
    expect(await judge('row', { attribute: 'nothing', is: 'present' })).toBe(true);
    expect(await judge('row', { attribute: 'never', is: 'present' })).toBe(false);
    expect(await judge('row', { attribute: 'never', is: 'absent' })).toBe(true);
    expect(await judge('none', { attribute: 'five', is: 'absent' })).toBe(true);
    expect(await judge('row', { attribute: 'five', is: 'equal', value: 5 })).toBe(true);
    expect(await judge('row', { attribute: 'text', is: 'equal', value: 5 })).toBe(false);
    expect(await judge('row', { attribute: 'yes', is: 'equal', value: true })).toBe(true);
    expect(await judge('row', { attribute: 'never', is: 'equal', value: 5 })).toBe(false);
    expect(await judge('row', { attribute: 'five', is: 'equal', value: 5 }, { row: 'absent' })).toBe(false);
  },

  'bounds compare numbers alone, and take an absent attribute only where they say so': async () => {
    const { table } = await make();
    await table.transact([put('row', { five: 5, text: '5' })]);
    const judge = async (attribute: string, is: 'at-most' | 'above', value: number, orAbsent?: true) => {
      const condition = { attribute, is, value, ...(orAbsent && { orAbsent }) };
      return (await table.transact([{ kind: 'check', key: key('row'), if: [condition] }])).kind === 'written';
    };
    expect(await judge('five', 'at-most', 5)).toBe(true);
    expect(await judge('five', 'at-most', 4.9)).toBe(false);
    expect(await judge('five', 'above', 4.9)).toBe(true);
    expect(await judge('five', 'above', 5)).toBe(false);
    expect(await judge('five', 'above', 5, true)).toBe(false);
    for (const is of ['at-most', 'above'] as const) {
      expect(await judge('text', is, 5)).toBe(false);
      expect(await judge('never', is, 0)).toBe(false);
      expect(await judge('never', is, 0, true)).toBe(true);
    }
  },

  'conditions are judged against the rows as they stood before': async () => {
    const { table } = await make();
    const makeBoth: Write[] = [put('a'), { ...put('b'), if: absent }];
    expect(await table.transact(makeBoth)).toEqual({ kind: 'written' });
    const counted: Write = {
      kind: 'update',
      key: key('c'),
      add: { used: 1 },
      if: [{ attribute: 'used', is: 'absent' }],
    };
    expect(await table.transact([counted])).toEqual({ kind: 'written' });
    expect(await table.transact([counted])).toEqual({ kind: 'refused', failed: [0] });
  },
});

export const transactionFacts = (make: MakeTable) => ({
  'a refused transaction writes nothing and names what failed': async () => {
    const { table } = await make();
    await table.transact([put('taken')]);
    const writes: Write[] = [
      put('a'),
      { ...put('taken', { b: 1 }), if: absent },
      put('c'),
      { ...put('d'), if: [{ row: 'present' }] },
    ];
    expect(await table.transact(writes)).toEqual({ kind: 'refused', failed: [1, 3] });
    expect((await table.query('lane:a')).rows).toEqual([{ key: key('taken'), attributes: {} }]);
  },

  'of many that race for one row exactly one wins': async () => {
    const { table } = await make();
    const claims = Array.from({ length: 20 }, (_, by) => table.transact([{ ...put('claim', { by }), if: absent }]));
    const outcomes = await Promise.all(claims);
    expect(outcomes.filter((outcome) => outcome.kind === 'written')).toHaveLength(1);
    const by = outcomes.findIndex((outcome) => outcome.kind === 'written');
    expect((await table.get([key('claim')]))[0]?.attributes).toEqual({ by });
  },

  'no addition is lost among concurrent ones': async () => {
    const { table } = await make();
    const add: Write = { kind: 'update', key: key('sum'), add: { used: 1 } };
    await Promise.all(Array.from({ length: 20 }, () => table.transact([add])));
    expect((await table.get([key('sum')]))[0]?.attributes).toEqual({ used: 20 });
  },

  'a token writes once in ten minutes': async () => {
    const { table, advance } = await make();
    const add: Write = { kind: 'update', key: key('sum'), add: { used: 1 } };
    expect(await table.transact([add], 'once')).toEqual({ kind: 'written' });
    await advance(599);
    expect(await table.transact([add], 'once')).toEqual({ kind: 'written' });
    expect((await table.get([key('sum')]))[0]?.attributes).toEqual({ used: 1 });
    await advance(2);
    await table.transact([add], 'once');
    expect((await table.get([key('sum')]))[0]?.attributes).toEqual({ used: 2 });
  },

  'a token that wrote answers written, though its conditions no longer hold': async () => {
    const { table } = await make();
    const write: Write = { ...put('row'), if: absent };
    await table.transact([write], 'once');
    expect(await table.transact([write], 'once')).toEqual({ kind: 'written' });
    expect(await table.transact([write], 'other')).toEqual({ kind: 'refused', failed: [0] });
  },

  'a transaction has 1 to 100 writes': async () => {
    const { table } = await make();
    const puts = Array.from({ length: 101 }, (_, index) => put(`row-${index}`));
    await expect(table.transact([])).rejects.toThrow(RangeError);
    await expect(table.transact(puts)).rejects.toThrow(RangeError);
    expect(await table.transact(puts.slice(1))).toEqual({ kind: 'written' });
    expect((await table.query('lane:a')).rows).toHaveLength(100);
  },

  'a transaction names no row twice': async () => {
    const { table } = await make();
    const check: Write = { kind: 'check', key: key('row'), if: absent };
    await expect(table.transact([put('row'), check])).rejects.toThrow(/twice/);
    expect(await table.get([key('row')])).toEqual([]);
  },

  'what cannot be added to leaves nothing behind': async () => {
    const { table } = await make();
    await table.transact([put('text', { used: 'five' })]);
    const add: Write = { kind: 'update', key: key('text'), add: { used: 1 } };
    await expect(table.transact([put('other'), add])).rejects.toThrow();
    expect(await table.get([key('other')])).toEqual([]);
  },
});
