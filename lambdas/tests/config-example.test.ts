import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { configFields } from '../src/core/config-schema.ts';
import { configWarnings } from '../src/core/config-warnings.ts';
import { parseConfig } from '../src/core/parse-config.ts';
import { awsDeployment } from './aws-deployment.ts';
import { deployment, tick, window, withFleet } from './deployment.ts';

const read = (name: string): string => readFileSync(new URL(`../../examples/local/${name}`, import.meta.url), 'utf8');

/** The rows of the tables: a field, and its default as JSON, or in words where there is none. */
const rowsOf = (text: string) =>
  [...text.matchAll(/^\| `([^`]+)` \| (?:`([^`]+)`|required|none) \|/gm)].map(([, field = '', byDefault]) => ({
    field,
    byDefault,
  }));
const rows = rowsOf(read('README.md'));
const awsRows = rowsOf(readFileSync(new URL('../../docs/configuration-on-aws.md', import.meta.url), 'utf8'));

test('the example is right, and nothing in it is probably not meant', () => {
  const config = parseConfig(JSON.parse(read('fleet.json')));
  expect(configWarnings(config)).toEqual([]);
  expect(config.fleets.map(({ name, poolScope }) => [name, poolScope])).toEqual([
    ['linux-arm64', 'org:acme'],
    ['linux-x64', undefined],
  ]);
});

test('every field is documented, and nothing else', () => {
  expect([...rows, ...awsRows].map(({ field }) => field).sort()).toEqual([...configFields].sort());
});

/** Follows `fleets.*.idleConfig[].cron` to the first fleet and the first window. */
const valueAt = (config: unknown, field: string): unknown =>
  field
    .replaceAll('.*', '.0')
    .replaceAll('[]', '.0')
    .split('.')
    .reduce<unknown>((value, key) => Object(value)[key], config);

test.each(rows.filter(({ byDefault }) => byDefault !== undefined))('$field is $byDefault by default', (row) => {
  const listed = row.field.includes('[]');
  const plain = listed ? withFleet({ idleConfig: [window], poolConfig: [tick], owners: ['acme'] }) : deployment();
  // Left open, it follows from `ephemeral`.
  const expected = row.field.endsWith('enableJobQueuedCheck') ? false : JSON.parse(row.byDefault ?? '');
  expect(valueAt(parseConfig(plain), row.field)).toEqual(expected);
});

test.each(awsRows.filter(({ byDefault }) => byDefault !== undefined))(
  'on AWS $field is $byDefault by default',
  (row) => {
    expect(valueAt(parseConfig(awsDeployment()), row.field)).toEqual(JSON.parse(row.byDefault ?? ''));
  },
);
