import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signatureOf } from '../../src/adapters/forge/signature.ts';
import { askRaw } from './ask.ts';
import { delivery, queuedPayload } from './delivery.ts';
import { expectNothingTold } from './nothing-told.ts';
import { type WebhookStack, webhookSecret, webhookStack } from './webhook-stack.ts';

let bed: WebhookStack;
beforeAll(async () => {
  bed = await webhookStack();
});
afterAll(async () => {
  await expectNothingTold(bed);
  await bed.stop();
});

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const whole = bytesOf(queuedPayload(21));
const half = whole.subarray(0, whole.length / 2);
const good = signatureOf(webhookSecret, whole);

describe('401 for a delivery', () => {
  test.each<[string, string | undefined]>([
    ['without a signature', undefined],
    ['with an empty one', ''],
    ['with nothing behind the algorithm', 'sha256='],
    ['signed with an empty key', signatureOf('', whole)],
    ['signed with another key', signatureOf('another', whole)],
    ['signed with the key and its line break', signatureOf(`${webhookSecret}\n`, whole)],
    ['in capital letters', `sha256=${good.slice(7).toUpperCase()}`],
    ['signed by SHA-1', `sha1=${good.slice(7, 47)}`],
    ['with the signature of another body', signatureOf(webhookSecret, half)],
    ['with text after the signature', `${good} `.concat('x')],
    ['signed twice', `${good}, ${good}`],
  ])('%s', async (_how, signature) => {
    const headers = { 'x-hub-signature-256': signature };
    expect(await bed.deliver(whole, { headers })).toMatchObject({ status: 401, body: { reason: 'bad-signature' } });
  });

  test('that was cut in half on its way', async () => {
    expect(await bed.deliver(whole, { body: half })).toMatchObject({ status: 401 });
  });

  test('of which a byte was changed', async () => {
    const changed = Buffer.from(whole);
    changed[100] = (changed[100] ?? 0) ^ 1;
    expect(await bed.deliver(whole, { body: changed })).toMatchObject({ status: 401 });
  });

  test('without a body and without a signature', async () => {
    expect(await bed.ask({ method: 'POST', path: '/webhook' })).toMatchObject({ status: 401 });
  });
});

describe('400 for a body that is signed and', () => {
  const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
  test.each<[string, string | Uint8Array]>([
    ['empty', ''],
    ['cut in half', half],
    ['no UTF-8', Buffer.concat([Buffer.from('{"action":"'), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('"}')])],
    ['UTF-16', Buffer.from('{}', 'utf16le')],
    ['null', 'null'],
    ['an array', '[]'],
    ['an array of deliveries', JSON.stringify([queuedPayload()])],
    ['a number', '17'],
    ['a text', '"queued"'],
    ['true', 'true'],
    ['an empty object', '{}'],
    ['no JSON', 'payload=%7B%7D'],
    ['two documents', '{}{}'],
    ['a document and a zero byte', '{}\0'],
    ['a hundred thousand arrays in each other', deep('[', ']', 100_000)],
    ['a hundred thousand objects in each other', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ])('%s', async (_what, body) => {
    expect(await bed.deliver(body)).toMatchObject({ status: 400, body: { reason: 'malformed' } });
  });

  test('deep where a label belongs', async () => {
    const text = JSON.stringify(queuedPayload()).replace('"self-hosted"', deep('[', ']', 100_000));
    expect(await bed.deliver(text)).toMatchObject({ status: 400 });
  });

  test('about another event than it claims', async () => {
    const claimed = { 'x-github-event': 'workflow_job' };
    const { workflow_job: _, ...other } = queuedPayload();
    expect(await bed.deliver(other, { headers: claimed })).toMatchObject({ status: 400 });
  });

  test.each([undefined, '', 'Workflow_Job', 'workflow_job, workflow_job', 'x'.repeat(65), '../x'])(
    'names the event %j',
    async (event) => {
      expect(await bed.deliver(whole, { headers: { 'x-github-event': event } })).toMatchObject({ status: 400 });
    },
  );
});

test('deep where nobody looks harms nobody', async () => {
  const text = `{"sender":${'['.repeat(100_000)}${']'.repeat(100_000)},${JSON.stringify(queuedPayload(22)).slice(1)}`;
  expect(await bed.deliver(text)).toMatchObject({ status: 201 });
});

test('of a key that is there twice, the last counts, as it does for GitHub’s own signature', async () => {
  const text = JSON.stringify(queuedPayload(23)).replace('{', '{"action":"completed","workflow_job":{"id":"x"},');
  expect(await bed.deliver(text)).toMatchObject({ status: 201 });
});

test('__proto__ and constructor are keys like others', async () => {
  const text = JSON.stringify(queuedPayload(24)).replace(
    '{',
    '{"__proto__":{"status":1},"constructor":{"prototype":1},',
  );
  expect(await bed.deliver(text)).toMatchObject({ status: 201 });
  expect('status' in {}).toBe(false);
});

test('a delivery without an id is recorded all the same', async () => {
  const headers = { 'x-github-delivery': undefined };
  expect(await bed.deliver(queuedPayload(25), { headers })).toMatchObject({ status: 201 });
});

describe('413 for a body', () => {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  const refused = { status: 413, body: { reason: 'body-too-large', limitBytes: 10 * chunk.length } };

  test('of 30 MB', async () => {
    expect(await bed.ask({ method: 'POST', path: '/webhook', body: Buffer.alloc(30 * chunk.length) })).toMatchObject(
      refused,
    );
  });

  test('of 30 MB whose length nobody told', async () => {
    const body = Array.from({ length: 30 }, () => chunk);
    expect(await bed.ask({ method: 'POST', path: '/webhook', body })).toMatchObject(refused);
  });

  test('one byte over the limit, however well signed; at the limit it is read', async () => {
    const limit = 10 * chunk.length;
    const padded = (length: number): Buffer => Buffer.concat([whole, Buffer.alloc(length - whole.length, ' ')]);
    expect(await bed.ask(delivery(webhookSecret, padded(limit + 1)))).toMatchObject(refused);
    expect(await bed.ask(delivery(webhookSecret, padded(limit)))).toMatchObject({ status: 201 });
  });
});

describe('a client that', () => {
  const head = 'POST /webhook HTTP/1.1\r\nhost: x\r\n';

  test('leaves in the middle of its body is forgotten', async () => {
    for (let i = 0; i < 20; i += 1) await askRaw(bed.stack.url, `${head}content-length: 1000\r\n\r\nhalf`, true);
    expect(await bed.deliver(queuedPayload(26))).toMatchObject({ status: 201 });
    expect(bed.logged()).not.toContain('"level":"error"');
  });

  test.each([
    ['speaks no HTTP', 'HELO there\r\n\r\n'],
    ['tells two lengths', `${head}content-length: 1\r\ncontent-length: 2\r\n\r\nxx`],
    ['tells a length and chunks', `${head}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['breaks its chunks', `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`],
    ['has endless headers', `${head}x: ${'x'.repeat(100_000)}\r\n\r\n`],
  ])('%s is told so, and nothing else', async (_how, bytes) => {
    const answer = await askRaw(bed.stack.url, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
    expect(answer).not.toMatch(/ at |node:/);
  });
});
