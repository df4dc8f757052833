import { describe, expect, test } from '@jest/globals';
import { absent, key, put } from '../../../tests/contracts/table-subject.ts';
import { type AwsAnswer, type AwsCall, scriptedAws } from '../../../tests/doubles/scripted-aws.ts';
import { DeniedError, ThrottledError } from '../../core/errors.ts';
import { dynamodbClient } from '../dynamodb/dynamodb-client.ts';
import { dynamodbTable } from './dynamodb-table.ts';
import type { Write } from './table.ts';

const written: AwsAnswer = { body: {} };
const once: Write = { ...put('row', { a: 1 }), if: absent };
const count: Write = { kind: 'update', key: key('row'), add: { used: 1 } };

/** A table that is patient, but does not wait. */
function tableOn(answer: (call: AwsCall, earlier: number) => AwsAnswer) {
  const { calls, config } = scriptedAws(answer);
  const clock = { sleep: async () => {}, fraction: () => 0.5 };
  return { table: dynamodbTable({ client: dynamodbClient(config), tableName: 'ledger', clock }), calls };
}

const cancelled = (...codes: readonly string[]): AwsAnswer => ({
  error: 'TransactionCanceledException',
  fields: { CancellationReasons: codes.map((Code) => ({ Code })) },
});

describe('a transaction', () => {
  test('whose answer was lost is sent again as the same one, and was written', async () => {
    const { table, calls } = tableOn((_, earlier) => (earlier === 0 ? 'broken' : written));
    expect(await table.transact([once, { ...count, key: key('sum') }])).toEqual({ kind: 'written' });
    expect(calls.map(({ action }) => action)).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    expect(calls[1]?.input).toEqual(calls[0]?.input);
    expect(calls[0]?.input.ClientRequestToken).toMatch(/^\S{36}$/);
  });

  test('is another one each time that it is made without a token, and the same one with it', async () => {
    const { table, calls } = tableOn(() => written);
    for (const token of [undefined, undefined, 'once', 'once']) await table.transact([count], token);
    const tokens = calls.map(({ input }) => input.ClientRequestToken);
    expect(new Set(tokens).size).toBe(3);
    expect(tokens[3]).toBe(tokens[2]);
  });

  test('names the writes whose conditions failed, though others were in the way of it as well', async () => {
    const { table } = tableOn(() => cancelled('None', 'ConditionalCheckFailed', 'TransactionConflict'));
    const outcome = await table.transact([put('a'), once, put('c')]);
    expect(outcome).toEqual({ kind: 'refused', failed: [1] });
  });

  test('that another one is in the way of is made again', async () => {
    const { table, calls } = tableOn((_, earlier) =>
      earlier < 3 ? cancelled('None', 'TransactionConflict') : written,
    );
    expect(await table.transact([put('a'), once])).toEqual({ kind: 'written' });
    expect(calls).toHaveLength(4);
  });

  test('whose token stands for other writes was written', async () => {
    const { table } = tableOn(() => ({ error: 'IdempotentParameterMismatchException' }));
    expect(await table.transact([once], 'used')).toEqual({ kind: 'written' });
  });

  test('that DynamoDB calls malformed is an error, and no refusal', async () => {
    const { table, calls } = tableOn(() => cancelled('ValidationError', 'None'));
    await expect(table.transact([count, put('other')])).rejects.toThrow();
    expect(calls).toHaveLength(1);
  });

  test.each<[string, AwsAnswer]>([
    ['a conflict', cancelled('TransactionConflict', 'None')],
    ['a throttled part', cancelled('ThrottlingError', 'None')],
    ['used-up capacity', { error: 'ProvisionedThroughputExceededException' }],
    ['an inner error', { error: 'InternalServerError', status: 500 }],
    ['no service', { error: 'ServiceUnavailable', status: 503 }],
  ])(
    'is tried again after %s, and in the end throttled',
    async (_, answer) => {
      const { table, calls } = tableOn(() => answer);
      await expect(table.transact([put('a'), once])).rejects.toThrow(ThrottledError);
      expect(calls.length).toBeGreaterThanOrEqual(3);
      expect(calls.length).toBeLessThanOrEqual(6);
    },
    20_000,
  );

  test('without the right to it is denied, and not tried again', async () => {
    const { table, calls } = tableOn(() => ({ error: 'AccessDeniedException' }));
    await expect(table.transact([once])).rejects.toThrow(DeniedError);
    expect(calls).toHaveLength(1);
  });

  test('that no table takes is never sent', async () => {
    const { table, calls } = tableOn(() => written);
    const writes = Array.from({ length: 101 }, (_, index) => put(`row-${index}`));
    await expect(table.transact(writes)).rejects.toThrow(RangeError);
    await expect(table.transact([])).rejects.toThrow(RangeError);
    expect(calls).toEqual([]);
  });
});

describe('a single write', () => {
  test.each<[string, Write, string]>([
    ['a put', put('row', { a: 1 }), 'PutItem'],
    ['a change', { kind: 'update', key: key('row'), set: { a: 1 }, remove: ['b'] }, 'UpdateItem'],
    ['a deletion', { kind: 'delete', key: key('row') }, 'DeleteItem'],
    ['an addition, which must not be made twice', count, 'TransactWriteItems'],
    ['a condition, which must not fail on its own effect', once, 'TransactWriteItems'],
  ])('is as cheap as it may be: %s', async (_, write, action) => {
    const { table, calls } = tableOn(() => written);
    await table.transact([write]);
    expect(calls.map((call) => call.action)).toEqual([action]);
  });

  test('waits for a transaction that is in its way', async () => {
    const conflict = { error: 'TransactionConflictException' };
    const { table, calls } = tableOn((_, earlier) => (earlier < 2 ? conflict : written));
    expect(await table.transact([put('row')])).toEqual({ kind: 'written' });
    expect(calls).toHaveLength(3);
  });

  test('has a token only in a transaction', async () => {
    const { table, calls } = tableOn(() => written);
    await table.transact([put('row')], 'once');
    expect(calls[0]?.action).toBe('TransactWriteItems');
  });
});

/** Answers these rows at most, and calls the rest unprocessed. */
const answering = ({ input }: AwsCall, limit: number): AwsAnswer => {
  const { Keys } = input.RequestItems.ledger;
  return {
    body: { Responses: { ledger: Keys.slice(0, limit) }, UnprocessedKeys: { ledger: { Keys: Keys.slice(limit) } } },
  };
};

describe('a read', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, index) => key(`row-${index}`));

  test('asks for a hundred at a time, and again for what was left', async () => {
    const { table, calls } = tableOn((call) => answering(call, 30));
    const rows = await table.get([...keys(130), ...keys(3)]);
    expect(rows.map((row) => row.key.sk).sort()).toEqual(
      keys(130)
        .map(({ sk }) => sk)
        .sort(),
    );
    const asked = calls.map(({ input }) => input.RequestItems.ledger);
    expect(Math.max(...asked.map(({ Keys }) => Keys.length))).toBe(100);
    expect(asked.every(({ ConsistentRead }) => ConsistentRead)).toBe(true);
  });

  test('of which nothing comes any more is throttled', async () => {
    const { table } = tableOn((call, earlier) => answering(call, earlier < 2 ? 1 : 0));
    await expect(table.get(keys(5))).rejects.toThrow(ThrottledError);
  });

  test('of no row asks nobody', async () => {
    const { table, calls } = tableOn(() => written);
    expect(await table.get([])).toEqual([]);
    expect(calls).toEqual([]);
  });
});

describe('a query', () => {
  test('is consistent, goes on after a row, and says where the next page begins', async () => {
    const LastEvaluatedKey = { pk: { S: 'lane:a' }, sk: { S: 'job#2' } };
    const Items = [{ pk: { S: 'lane:a' }, sk: { S: 'job#2' }, count: { N: '3' }, nothing: { NULL: true } }];
    const { table, calls } = tableOn(() => ({ body: { Items, LastEvaluatedKey } }));
    const page = await table.query('lane:a', { skPrefix: 'job#', after: 'job#1', limit: 1 });
    expect(page).toEqual({ rows: [{ key: key('job#2'), attributes: { count: 3, nothing: null } }], next: 'job#2' });
    expect(calls[0]?.input).toMatchObject({
      ConsistentRead: true,
      ExclusiveStartKey: { pk: { S: 'lane:a' }, sk: { S: 'job#1' } },
      Limit: 1,
    });
  });

  test('without a prefix asks for the whole partition', async () => {
    const { table, calls } = tableOn(() => ({ body: { Items: [] } }));
    expect(await table.query('lane:a')).toEqual({ rows: [] });
    expect(calls[0]?.input.KeyConditionExpression).toBe('#pk = :pk');
    await expect(table.query('lane:a', { limit: 0 })).rejects.toThrow(RangeError);
  });
});
