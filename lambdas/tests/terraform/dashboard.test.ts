import { expect, jest, test } from '@jest/globals';
import { powertoolsLog } from '../../src/adapters/log/powertools-log.ts';
import { readInRoot } from './module-tables.ts';

const [, query = ''] = /^ +query += "(.*)"$/m.exec(readInRoot('modules/monitoring/dashboard.tf')) ?? [];

/** What a call of the log writes, as CloudWatch names its fields: `fields.reason`. */
function lineOf(message: string, fields: Readonly<Record<string, string>>): ReadonlyMap<string, unknown> {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  powertoolsLog('sweep').info(message, fields);
  write.mockRestore();
  const { fields: inner, ...outer } = JSON.parse(written[0] ?? '{}') as { readonly fields: object };
  const named = Object.entries(inner).map(([key, value]): [string, unknown] => [`fields.${key}`, value]);
  return new Map<string, unknown>([...Object.entries(outer), ...named]);
}

test('the dashboard counts ended runners by fields that the log has', () => {
  const line = lineOf('sweep', { lane: 'linux/org:acme', runner: 'i-1', kind: 'close', reason: 'terminated' });
  const named = [...query.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  expect(named).toEqual(['fields.kind', 'fields.reason']);
  expect(named.filter((name) => !line.has(name))).toEqual([]);
  expect(query).toContain(`\`fields.kind\` = \\"${line.get('fields.kind')}\\"`);
});
