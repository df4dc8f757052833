import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scratchPaths } from '../../../tests/scratch/scratch-path.ts';
import { manualClock } from '../clock/manual-clock.ts';
import { memoryTable } from './memory-table.ts';
import { sqliteTable } from './sqlite-table.ts';
import type { Attributes, Condition, Key, Outcome, Row, Table, Write } from './table.ts';

const scratch = scratchPaths();

function holds(condition: Condition, attributes: Attributes | undefined): boolean {
  if ('row' in condition) return condition.row === (attributes ? 'present' : 'absent');
  const value = attributes?.[condition.attribute];
  if (!('value' in condition)) return condition.is === (value === undefined ? 'absent' : 'present');
  if (condition.is === 'equal') return value === condition.value;
  if (value === undefined) return condition.orAbsent === true;
  const isAtMost = Number(value) <= condition.value;
  return condition.is === 'at-most' ? isAtMost : !isAtMost;
}

const isSame = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;

/** A table as simple as can be: a list of rows, searched from its start. */
function naiveTable() {
  let rows: readonly Row[] = [];
  const find = (key: Key) => rows.find((row) => isSame(row.key, key))?.attributes;
  const store = (write: Write): void => {
    if (write.kind === 'check') return;
    const before = find(write.key);
    rows = rows.filter((row) => !isSame(row.key, write.key));
    if (write.kind === 'put') rows = [...rows, { key: write.key, attributes: write.attributes }];
    if (write.kind === 'update') {
      const sum = Number(before?.used ?? 0) + (write.add?.used ?? 0);
      const attributes = { ...before, ...write.set, ...(write.add && { used: sum }) };
      rows = [...rows, { key: write.key, attributes }];
    }
  };
  return {
    transact: (writes: readonly Write[]): Outcome => {
      const failed = writes.flatMap(({ if: conditions = [], key }, index) =>
        conditions.every((condition) => holds(condition, find(key))) ? [] : [index],
      );
      if (failed.length > 0) return { kind: 'refused', failed };
      for (const write of writes) store(write);
      return { kind: 'written' };
    },
    query: (pk: string, skPrefix: string): readonly Row[] =>
      rows
        .filter(({ key }) => key.pk === pk && key.sk.startsWith(skPrefix))
        .sort((a, b) => Buffer.compare(Buffer.from(a.key.sk), Buffer.from(b.key.sk))),
  };
}

const pk = fc.constantFrom('a', 'b');
// Few keys, so that they meet; with one on each side of the surrogates, so that their order is put to the test.
const sk = fc.constantFrom('job', 'job#', 'job#1', 'job#B', 'job#b', 'job#\uffee', 'job#\u{1f600}', 'runner#1');
const used = fc.integer({ min: -2, max: 2 });
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ row: fc.constantFrom('absent' as const, 'present' as const) }),
  fc.record({ attribute: fc.constant('used'), is: fc.constantFrom('absent' as const, 'present' as const) }),
  fc.record({ attribute: fc.constant('used'), is: fc.constant('equal' as const), value: used }),
  fc.record({ attribute: fc.constant('used'), is: fc.constantFrom('at-most' as const, 'above' as const), value: used }),
  fc.record({
    attribute: fc.constant('used'),
    is: fc.constantFrom('at-most' as const, 'above' as const),
    value: used,
    orAbsent: fc.constant(true as const),
  }),
);
const change = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), attributes: fc.record({ used }, { requiredKeys: [] }) }),
  fc.record({ kind: fc.constant('update' as const), add: fc.record({ used }), set: fc.record({ note: fc.string() }) }),
  fc.record({ kind: fc.constant('delete' as const) }),
);
const write: fc.Arbitrary<Write> = fc
  .tuple(fc.record({ pk, sk }), change, fc.array(condition, { maxLength: 2 }))
  .map(([key, changed, conditions]) => ({ key, if: conditions, ...changed }));
const keyOf = ({ key }: Write): string => `${key.pk}/${key.sk}`;
const transaction = fc.uniqueArray(write, { minLength: 1, maxLength: 4, selector: keyOf });

async function queryAll(table: Table, partition: string, skPrefix: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await table.query(partition, { skPrefix, limit: 2, ...(after !== undefined && { after }) });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return rows;
}

async function agree(table: Table, transactions: readonly (readonly Write[])[]): Promise<void> {
  const naive = naiveTable();
  for (const writes of transactions) expect(await table.transact(writes)).toEqual(naive.transact(writes));
  for (const partition of ['a', 'b']) {
    for (const prefix of ['', 'job', 'job#', 'none']) {
      expect(await queryAll(table, partition, prefix)).toEqual(naive.query(partition, prefix));
    }
  }
}

const history = fc.array(transaction, { maxLength: 15 });

test('the memory table does what a naive one does', async () => {
  const run = (transactions: readonly (readonly Write[])[]) =>
    agree(memoryTable({ clock: manualClock() }), transactions);
  await fc.assert(fc.asyncProperty(history, run), { numRuns: 300 });
});

test('the SQLite table does what a naive one does', async () => {
  const run = async (transactions: readonly (readonly Write[])[]): Promise<void> => {
    using table = sqliteTable({ path: scratch.path('ledger.db'), clock: manualClock() });
    await agree(table, transactions);
  };
  await fc.assert(fc.asyncProperty(history, run), { numRuns: 60 });
});
