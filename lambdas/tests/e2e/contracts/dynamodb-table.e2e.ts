import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/adapters/clock/system-clock.ts';
import { dynamodbTable } from '../../../src/adapters/ledger/dynamodb-table.ts';
import type { Write } from '../../../src/adapters/ledger/table.ts';
import { tableContract } from '../../contracts/table-contract.ts';
import { absent, key, put } from '../../contracts/table-subject.ts';
import { engineClient, newTable } from './new-tables.ts';

const clock = systemClock();
const newLedgerTable = async () =>
  dynamodbTable({ client: engineClient(), tableName: await newTable('pk', 'sk'), clock });

tableContract({
  name: 'DynamoDB table',
  make: async () => ({ table: await newLedgerTable(), now: clock.now, advance: clock.sleep }),
  skips: [
    {
      reason: 'nobody can move the clock of DynamoDB, and ten minutes are long: what a token does at once stands below',
      tests: ['a token writes once in ten minutes'],
    },
  ],
});

test('a token writes once, even if other writes come with it', async () => {
  const table = await newLedgerTable();
  const add: Write = { kind: 'update', key: key('sum'), add: { used: 1 } };
  const token = 'a launch id that is longer than the 36 characters of a request token';
  for (const writes of [[add], [add], [add, put('other')]]) {
    expect(await table.transact(writes, token)).toEqual({ kind: 'written' });
  }
  expect(await table.get([key('sum'), key('other')])).toEqual([{ key: key('sum'), attributes: { used: 1 } }]);
});

test('a token whose writes were refused may be used again', async () => {
  const table = await newLedgerTable();
  await table.transact([put('row')]);
  const write: Write = { ...put('row', { second: true }), if: absent };
  expect(await table.transact([write], 'once')).toEqual({ kind: 'refused', failed: [0] });
  await table.transact([{ kind: 'delete', key: key('row') }]);
  expect(await table.transact([write], 'once')).toEqual({ kind: 'written' });
});

test('a page ends at a megabyte, and the next one goes on there', async () => {
  const table = await newLedgerTable();
  const text = 'x'.repeat(300_000);
  for (let index = 0; index < 8; index++) await table.transact([put(`row-${index}`, { text })]);
  const names: string[] = [];
  let pages = 0;
  for (let after: string | undefined; pages === 0 || after !== undefined; pages++) {
    const page = await table.query('lane:a', after === undefined ? {} : { after });
    names.push(...page.rows.map((row) => row.key.sk));
    after = page.next;
  }
  expect(names).toEqual(Array.from({ length: 8 }, (_, index) => `row-${index}`));
  expect(pages).toBeGreaterThan(1);
});

test('more rows than one answer holds are read whole', async () => {
  const table = await newLedgerTable();
  const text = 'x'.repeat(390_000);
  const names = Array.from({ length: 50 }, (_, index) => `row-${index}`);
  for (const name of names) await table.transact([put(name, { text })]);
  const rows = await table.get([...names, ...names].map((name) => key(name)));
  expect(rows.map((row) => row.key.sk).sort()).toEqual([...names].sort());
});

test('fifty that contend for twenty slots get twenty', async () => {
  const table = await newLedgerTable();
  const take = (index: number): readonly Write[] => [
    {
      kind: 'update',
      key: key('used'),
      add: { used: 1 },
      if: [{ attribute: 'used', is: 'at-most', value: 19, orAbsent: true }],
    },
    { ...put(`claim-${index}`), if: absent },
  ];
  const outcomes = await Promise.all(Array.from({ length: 50 }, (_, index) => table.transact(take(index))));
  expect(outcomes.filter(({ kind }) => kind === 'written')).toHaveLength(20);
  expect((await table.get([key('used')]))[0]?.attributes).toEqual({ used: 20 });
});
