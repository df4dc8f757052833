import { expect } from '@jest/globals';
import { key, type MakeTable, put, sortKeysOf } from './table-subject.ts';

export const rowFacts = (make: MakeTable) => ({
  'what was put is got back as it was': async () => {
    const { table } = await make();
    const attributes = {
      text: 'é😀"',
      number: -1.5,
      flag: false,
      nothing: null,
      list: [1, 'a', [true]],
      map: { a: { b: [] } },
    };
    await table.transact([put('row', attributes)]);
    expect(await table.get([key('row')])).toEqual([{ key: key('row'), attributes }]);
  },

  'absent rows are absent from the answer, whatever their number': async () => {
    const { table } = await make();
    await table.transact([put('a'), put('b', {}, 'lane:b')]);
    const keys = [...Array.from({ length: 150 }, (_, index) => key(`none-${index}`)), key('b', 'lane:b'), key('a')];
    expect(new Set(sortKeysOf(await table.get(keys)))).toEqual(new Set(['a', 'b']));
    expect(await table.get([])).toEqual([]);
  },

  'a put replaces the whole row': async () => {
    const { table } = await make();
    await table.transact([put('row', { old: 1, both: 1 })]);
    await table.transact([put('row', { both: 2 })]);
    expect((await table.get([key('row')]))[0]?.attributes).toEqual({ both: 2 });
  },

  'an update makes the row, counts from nothing, and leaves the rest alone': async () => {
    const { table } = await make();
    await table.transact([{ kind: 'update', key: key('row'), add: { seq: 2 }, set: { kept: 'a', dropped: 'b' } }]);
    await table.transact([
      { kind: 'update', key: key('row'), add: { seq: -3 }, set: { more: true }, remove: ['dropped', 'never'] },
    ]);
    expect((await table.get([key('row')]))[0]?.attributes).toEqual({ seq: -1, kept: 'a', more: true });
  },

  'an update of nothing makes an empty row': async () => {
    const { table } = await make();
    await table.transact([{ kind: 'update', key: key('row') }]);
    expect(await table.get([key('row')])).toEqual([{ key: key('row'), attributes: {} }]);
  },

  'a deleted row is gone, and deleting again changes nothing': async () => {
    const { table } = await make();
    await table.transact([put('row', { a: 1 })]);
    await table.transact([{ kind: 'delete', key: key('row') }]);
    expect(await table.transact([{ kind: 'delete', key: key('row') }])).toEqual({ kind: 'written' });
    expect(await table.get([key('row')])).toEqual([]);
  },

  'a row lives until its expiresAt': async () => {
    const { table, now } = await make();
    const expiresAt = Math.ceil(now() / 1000) + 3600;
    await table.transact([put('row', { expiresAt })]);
    expect((await table.get([key('row')]))[0]?.attributes).toEqual({ expiresAt });
  },
});

export const queryFacts = (make: MakeTable) => ({
  'a query answers its partition and prefix, in the order of UTF-8 bytes': async () => {
    const { table } = await make();
    const sortKeys = ['job#\u{1f600}', 'job#\uffee', 'job#b', 'job#B', 'job#', 'jobs', 'job', 'intent#a'];
    await table.transact([...sortKeys.map((sk) => put(sk)), put('job#elsewhere', {}, 'lane:b')]);
    expect(sortKeysOf((await table.query('lane:a', { skPrefix: 'job#' })).rows)).toEqual([
      'job#',
      'job#B',
      'job#b',
      'job#\uffee',
      'job#\u{1f600}',
    ]);
    expect(sortKeysOf((await table.query('lane:a')).rows).slice(0, 3)).toEqual(['intent#a', 'job', 'job#']);
    expect((await table.query('lane:none')).rows).toEqual([]);
  },

  'pages go on where the last one ended': async () => {
    const { table } = await make();
    const names = Array.from({ length: 25 }, (_, index) => `job#${String(index).padStart(2, '0')}`);
    await table.transact([...names.map((sk) => put(sk)), put('intent#1'), put('runner#1')]);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await table.query('lane:a', { skPrefix: 'job#', limit: 10, ...(after !== undefined && { after }) });
      expect(page.rows.length).toBeLessThanOrEqual(10);
      seen.push(...sortKeysOf(page.rows));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(names);
  },
});
