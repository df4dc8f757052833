import { expect, test } from '@jest/globals';
import { tableContract } from '../../../tests/contracts/table-contract.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { memoryTable } from './memory-table.ts';
import type { Write } from './table.ts';

tableContract({
  name: 'memory table',
  make: () => {
    const clock = manualClock();
    return { table: memoryTable({ clock, pageLimit: 7_000 }), ...clock };
  },
});

const key = { pk: 'lane:a', sk: 'row' };
const put: Write = { kind: 'put', key, attributes: { seq: 1 } };

test('a call that fails before has no effect; one that fails after has', async () => {
  let failing: 'before' | 'after' | undefined = 'before';
  const fail = (when: 'before' | 'after') => () => {
    if (failing === when) throw new Error(`lost ${when}`);
  };
  const table = memoryTable({ clock: manualClock(), hooks: { before: fail('before'), after: fail('after') } });
  await expect(table.transact([put])).rejects.toThrow('lost before');
  expect(table.rows()).toEqual([]);
  failing = 'after';
  await expect(table.transact([put])).rejects.toThrow('lost after');
  expect(table.rows()).toEqual([{ key, attributes: { seq: 1 } }]);
});

test('a hook sees each call, and the call waits for it', async () => {
  const seen: string[] = [];
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const before = async (call: { readonly name: string }): Promise<void> => {
    seen.push(call.name);
    await gate;
  };
  const table = memoryTable({ clock: manualClock(), hooks: { before } });
  const writing = table.transact([put]);
  expect(seen).toEqual(['transact']);
  expect(table.rows()).toEqual([]);
  open();
  await writing;
  expect(table.rows()).toHaveLength(1);
});

test('counts tell calls from the rows that they touched', async () => {
  const table = memoryTable({ clock: manualClock() });
  await table.transact([put, { kind: 'delete', key: { pk: 'lane:a', sk: 'other' } }]);
  await table.transact([{ ...put, if: [{ row: 'absent' }] }]);
  await table.get([key, { pk: 'lane:a', sk: 'none' }]);
  await table.query('lane:a');
  expect(table.counts()).toEqual({ get: 1, query: 1, transact: 2, refused: 1, rowsRead: 3, rowsWritten: 2 });
});

test('rows vanish at their expiresAt, or as much later as the table lags', async () => {
  const clock = manualClock({ start: 0 });
  const table = memoryTable({ clock, expiryLagSeconds: 5 });
  await table.transact([{ ...put, attributes: { expiresAt: 10 } }]);
  await clock.advance(14);
  expect(await table.get([key])).toHaveLength(1);
  await clock.advance(1);
  expect(await table.get([key])).toEqual([]);
  expect((await table.query('lane:a')).rows).toEqual([]);
  expect(await table.transact([{ ...put, if: [{ row: 'absent' }] }])).toEqual({ kind: 'written' });
});

test('what is stored changes with neither the object that was put nor the one that was got', async () => {
  const table = memoryTable({ clock: manualClock() });
  const list = ['a'];
  await table.transact([{ ...put, attributes: { list } }]);
  list.push('b');
  const rows = await table.get([key]);
  expect(rows).toEqual([{ key, attributes: { list: ['a'] } }]);
  for (const row of rows) expect(() => (row.attributes.list as string[]).push('c')).toThrow(TypeError);
});

test('what DynamoDB calls malformed is refused', async () => {
  const table = memoryTable({ clock: manualClock() });
  const malformed = [
    { kind: 'check', key },
    { kind: 'put', key: { pk: 'lane:a', sk: '' }, attributes: {} },
    { kind: 'put', key, attributes: { pk: 'lane:b' } },
    { kind: 'put', key, attributes: { deep: [{ lost: undefined }] } },
    { kind: 'put', key, attributes: { seq: Number.NaN } },
    { kind: 'update', key, set: { seq: 1 }, add: { seq: 1 } },
  ] as unknown as readonly Write[];
  for (const write of malformed) await expect(table.transact([write])).rejects.toThrow(TypeError);
  await expect(table.query('lane:a', { limit: 0 })).rejects.toThrow(RangeError);
  expect(table.rows()).toEqual([]);
});
