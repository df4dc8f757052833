import { expect, test } from '@jest/globals';
import { transactItem } from './dynamodb-writes.ts';
import type { Condition, Write } from './table.ts';

const key = { pk: 'lane:a', sk: 'row' };

/** The expression as it reads once references stand for what they mean. */
function readable(condition: Condition): string {
  const { ConditionCheck } = transactItem('ledger', { kind: 'check', key, if: [condition] });
  const meanings = {
    ...ConditionCheck?.ExpressionAttributeNames,
    ...ConditionCheck?.ExpressionAttributeValues,
  } as Readonly<Record<string, unknown>>;
  return String(ConditionCheck?.ConditionExpression).replace(/[#:]\w+/g, (reference) => String(meanings[reference]));
}

test.each<[Condition, string]>([
  [{ row: 'absent' }, 'attribute_not_exists(pk)'],
  [{ row: 'present' }, 'attribute_exists(pk)'],
  [{ attribute: 'a', is: 'absent' }, 'attribute_not_exists(a)'],
  [{ attribute: 'a', is: 'present' }, 'attribute_exists(a)'],
  [{ attribute: 'a', is: 'equal', value: 5 }, 'a = 5'],
  [{ attribute: 'a', is: 'at-most', value: 5 }, 'a <= 5'],
  [{ attribute: 'a', is: 'above', value: 5 }, 'a > 5'],
  [{ attribute: 'a', is: 'at-most', value: 5, orAbsent: true }, '(attribute_not_exists(a) OR a <= 5)'],
  [{ attribute: 'a', is: 'above', value: 5, orAbsent: true }, '(attribute_not_exists(a) OR a > 5)'],
])('%j reads %s', (condition, expression) => {
  expect(readable(condition)).toBe(expression);
});

test('all conditions of a write have to hold, and a name is one reference', () => {
  const conditions: readonly Condition[] = [
    { row: 'present' },
    { attribute: 'size', is: 'above', value: 1 },
    { attribute: 'size', is: 'at-most', value: 9 },
  ];
  expect(transactItem('ledger', { kind: 'delete', key, if: conditions }).Delete).toEqual({
    TableName: 'ledger',
    Key: key,
    ConditionExpression: 'attribute_exists(#n0) AND #n1 > :v0 AND #n1 <= :v1',
    ExpressionAttributeNames: { '#n0': 'pk', '#n1': 'size' },
    ExpressionAttributeValues: { ':v0': 1, ':v1': 9 },
  });
});

test('an update says all that it changes in one expression', () => {
  const write: Write = { kind: 'update', key, set: { a: 1, b: [2] }, add: { c: 3 }, remove: ['d', 'e'] };
  expect(transactItem('ledger', write).Update).toEqual({
    TableName: 'ledger',
    Key: key,
    UpdateExpression: 'SET #n0 = :v0, #n1 = :v1 ADD #n2 :v2 REMOVE #n3, #n4',
    ExpressionAttributeNames: { '#n0': 'a', '#n1': 'b', '#n2': 'c', '#n3': 'd', '#n4': 'e' },
    ExpressionAttributeValues: { ':v0': 1, ':v1': [2], ':v2': 3 },
  });
});

test('a plain write has no expression that DynamoDB would call empty', () => {
  expect(transactItem('ledger', { kind: 'put', key, attributes: { a: 1 } })).toEqual({
    Put: { TableName: 'ledger', Item: { ...key, a: 1 } },
  });
  expect(transactItem('ledger', { kind: 'delete', key })).toEqual({ Delete: { TableName: 'ledger', Key: key } });
});
