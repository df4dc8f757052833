import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pagePaths } from '../../src/local/page/page-files.ts';
import { askRaw } from './ask.ts';
import { expectNothingTold } from './nothing-told.ts';
import { type WebhookStack, webhookStack } from './webhook-stack.ts';

let bed: WebhookStack;
beforeAll(async () => {
  bed = await webhookStack();
});
afterAll(async () => {
  await expectNothingTold(bed);
  await bed.stop();
});

test.each(pagePaths)('%s is served, and may load nothing from elsewhere', async (path) => {
  const { status, headers } = await bed.ask({ path });
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toMatch(/default-src '(self|none)'/);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test.each([
  '/../package.json',
  '/page/../../../package.json',
  '/page/../page-files.ts',
  '/page/page-files.ts',
  '/page/page-files.js',
  '/page/%2e%2e/%2e%2e/stack.ts',
  '/page/..%2f..%2fstack.ts',
  '/page/..\\..\\stack.ts',
  '//etc/passwd',
  '/etc/passwd',
  '/page/',
  '/page/style.css/',
  '/page/style.css%00.ts',
  '/index.html',
  '/webhook/',
  '/WEBHOOK',
  '/healthz/x',
  '/api',
  '/__proto__',
  '/constructor',
  `/${'x'.repeat(10_000)}`,
])('%.60s is not there', async (path) => {
  const answer = await bed.ask({ path });
  expect(answer).toMatchObject({ status: 404, body: { reason: 'not-found' } });
  expect(answer.text.length).toBeLessThan(1000);
});

test('a whole address in place of a path is no way around', async () => {
  const { status } = await bed.ask({ path: 'http://169.254.169.254/latest/meta-data' });
  expect(status).toBe(404);
});

describe('a method that is not meant', () => {
  test.each([
    ['GET', '/webhook', 'POST'],
    ['HEAD', '/webhook', 'POST'],
    ['PUT', '/webhook', 'POST'],
    ['DELETE', '/webhook', 'POST'],
    ['OPTIONS', '/webhook', 'POST'],
    ['POST', '/', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['DELETE', '/api/state', 'GET, HEAD'],
    ['POST', '/api/events', 'GET'],
    ['HEAD', '/api/events', 'GET'],
  ])('%s %s: 405, and which are', async (method, path, allow) => {
    const answer = await bed.ask({ method, path });
    expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
  });
});

test('HEAD has the headers of GET, and no body', async () => {
  for (const path of ['/', '/healthz', '/api/state']) {
    const answer = await askRaw(bed.stack.url, `HEAD ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n(\S.*\r\n)+\r\n$/);
  }
});

test('outside the demo nobody can queue jobs', async () => {
  const body = Buffer.from('{"count":1}');
  expect((await bed.ask({ method: 'POST', path: '/api/demo/jobs', body })).status).toBeGreaterThanOrEqual(404);
});
