import { statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { tableContract } from '../../../tests/contracts/table-contract.ts';
import { scratchPaths } from '../../../tests/scratch/scratch-path.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { sqliteTable } from './sqlite-table.ts';
import type { Write } from './table.ts';

const scratch = scratchPaths();
const key = { pk: 'lane:a', sk: 'row' };
const add: Write = { kind: 'update', key, add: { used: 1 } };

tableContract({
  name: 'SQLite table',
  make: () => {
    const clock = manualClock();
    return { table: scratch.closing(sqliteTable({ path: scratch.path('ledger.db'), clock })), ...clock };
  },
});

test('rows and tokens outlive the process', async () => {
  const clock = manualClock();
  const path = scratch.path('ledger.db');
  const before = sqliteTable({ path, clock });
  await before.transact([add], 'once');
  before[Symbol.dispose]();

  const again = scratch.closing(sqliteTable({ path, clock }));
  await again.transact([add], 'once');
  expect(await again.get([key])).toEqual([{ key, attributes: { used: 1 } }]);
});

test('two that share a file see each other at once', async () => {
  const clock = manualClock();
  const path = scratch.path('ledger.db');
  const [one, other] = [1, 2].map(() => scratch.closing(sqliteTable({ path, clock })));
  await one?.transact([add]);
  expect(await other?.transact([{ ...add, if: [{ row: 'absent' }] }])).toEqual({ kind: 'refused', failed: [0] });
  await other?.transact([add]);
  expect(await one?.get([key])).toEqual([{ key, attributes: { used: 2 } }]);
});

test('rows vanish at their expiresAt', async () => {
  const clock = manualClock({ start: 0 });
  const table = scratch.closing(sqliteTable({ path: scratch.path('ledger.db'), clock }));
  await table.transact([{ kind: 'put', key, attributes: { expiresAt: 10 } }]);
  await clock.advance(10);
  expect(await table.get([key])).toEqual([]);
  expect((await table.query('lane:a')).rows).toEqual([]);
  expect(await table.transact([{ ...add, if: [{ row: 'absent' }] }])).toEqual({ kind: 'written' });
});

test('no other user may read the file', () => {
  const path = scratch.path('ledger.db');
  scratch.closing(sqliteTable({ path, clock: manualClock() }));
  expect(statSync(path).mode & 0o077).toBe(0);
});
