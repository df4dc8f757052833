import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { powertoolsLog } from './powertools-log.ts';

const lines: string[] = [];
const keep = (line: unknown): boolean => lines.push(String(line)) > 0;

beforeEach(() => {
  lines.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const parsed = (): readonly Record<string, unknown>[] =>
  lines.map((line) => JSON.parse(line) as Record<string, unknown>);

test('a call is one line of JSON, with level, function and the invocation that it is of', () => {
  const log = powertoolsLog('scale-up');
  log.info('before');
  log.setRequest('r1');
  log.info('scale-up', { lane: 'linux/org:acme', kind: 'launch', reason: 'jobs-wait', count: 2 });
  log.setRequest('r2');
  log.error('failed');
  expect(parsed()).toMatchObject([
    { level: 'INFO', message: 'before', service: 'scale-up' },
    { requestId: 'r1', fields: { lane: 'linux/org:acme', kind: 'launch', reason: 'jobs-wait', count: 2 } },
    { level: 'ERROR', requestId: 'r2' },
  ]);
  expect(parsed()[0]).not.toHaveProperty('requestId');
});

test('the configured level holds', () => {
  const log = powertoolsLog('sweep');
  log.setLevel('error');
  log.info('quiet');
  log.warn('quiet');
  log.error('loud');
  log.setLevel('debug');
  log.info('again');
  expect(parsed().map(({ message }) => message)).toEqual(['loud', 'again']);
});

test('no secret, signature or payload passes, wherever it stands', () => {
  const secret = 'hunter2';
  const token = `ghs_${'a1'.repeat(18)}`;
  const jit = `eyJ${'hbGci'.repeat(9)}`;
  const log = powertoolsLog('webhook');
  log.info(`sent ${token}`, {
    webhookSecret: secret,
    privateKey: secret,
    headers: { 'x-hub-signature-256': secret, authorization: secret },
    rawPayload: secret,
    grant: { encodedJitConfig: secret },
    deep: { why: `refused ${jit}`, error: new Error(`GET https://x:${token}@example.com`, { cause: new Error(jit) }) },
  });
  expect(lines).toHaveLength(1);
  for (const planted of [secret, token, jit]) expect(lines.join('')).not.toContain(planted);
  expect(lines.join('')).toContain('[redacted]');
});

test('fields that no line can hold are left out whole, and the line says how much', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`f${n}`, 'x'.repeat(900)]));
  powertoolsLog('sweep').info('long', many);
  expect(parsed()).toMatchObject([{ message: 'long', fields: { omittedCharacters: expect.any(Number) } }]);
});
