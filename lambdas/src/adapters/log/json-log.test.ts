import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fields } from '../../ports/log.ts';
import { jsonLog } from './json-log.ts';

function start() {
  const lines: string[] = [];
  const log = jsonLog({ write: (line) => lines.push(line) }, { now: () => 0 });
  return { log, lines };
}

/** The one line that these fields make. */
function lineOf(fields: Fields): Record<string, unknown> {
  const { log, lines } = start();
  log.info('line', fields);
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? '');
}

test('a call is one line of JSON, with time, level and message', () => {
  const { log, lines } = start();
  log.warn('launched\nless', { lane: 'small/org:acme', count: 2 });
  const at = '1970-01-01T00:00:00.000Z';
  const line = { at, level: 'warn', message: 'launched\nless', lane: 'small/org:acme', count: 2 };
  expect(lines).toEqual([`${JSON.stringify(line)}\n`]);
});

test('fields whose names look secret are redacted, at any depth', () => {
  const secret = 'hunter2';
  const names = ['webhookSecret', 'TOKEN', 'private_key', 'encodedJitConfig', 'x-hub-signature-256', 'Authorization'];
  for (const name of [...names, 'password', 'rawPayload', 'grant', 'env']) {
    const line = lineOf({ [name]: secret, deep: [{ [name]: { inner: secret } }] });
    expect(JSON.stringify(line)).not.toContain(secret);
    expect(line[name]).toBe('[redacted]');
  }
});

test('texts that look like credentials are redacted wherever they stand', () => {
  const token = `ghs_${'a1'.repeat(18)}`;
  const jwt = `eyJ${'hbGci'.repeat(5)}.eyJpc3M.abc_-d`;
  const error = new Error(`GET https://x:${token}@example.com failed`, { cause: new Error(`sent ${jwt}`) });
  const text = JSON.stringify(lineOf({ error, url: `https://example.com/?t=${token}` }));
  expect(text).not.toContain(token);
  expect(text).not.toContain('eyJ');
  expect(text).toContain('failed');
});

test('an error keeps its name, message, stack and cause', () => {
  const { error } = lineOf({ error: new TypeError('outer', { cause: new RangeError('inner') }) });
  expect(error).toMatchObject({ name: 'TypeError', message: 'outer', cause: { name: 'RangeError', message: 'inner' } });
  expect(error).toHaveProperty('stack');
});

test('no field passes for the time, the level or the message', () => {
  expect(lineOf({ level: 'error', message: 'forged', at: 'never' })).toEqual({
    at: '1970-01-01T00:00:00.000Z',
    level: 'info',
    message: 'line',
  });
});

test('long texts are cut, and a line that is still too long gives up its fields', () => {
  expect(String(lineOf({ text: 'x'.repeat(5_000) }).text)).toMatch(/^x{1000}… \(5000 characters\)$/);
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field${index}`, 'x'.repeat(900)]));
  expect(lineOf(many)).toMatchObject({ message: 'line', omittedCharacters: expect.any(Number) });
});

test('whatever the fields hold, a bounded line of JSON comes of it', () => {
  const circle: Record<string, unknown> = { big: 10n, run: start, map: new Map([['a', new Set([1])]]) };
  circle.self = circle;
  expect(lineOf(circle)).toMatchObject({ big: '10', map: { a: [1] } });

  const fields = fc.dictionary(
    fc.string(),
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
  );
  fc.assert(fc.property(fields, (each) => JSON.stringify(lineOf(each)).length < 20_000));
});
