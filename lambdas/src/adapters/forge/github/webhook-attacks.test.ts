import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bytesOf,
  queuedJob,
  queuedPayload,
  signedWebhook,
  webhookSecrets,
} from '../../../../tests/doubles/github-webhook.ts';
import { BadSignatureError, MalformedError } from '../../../core/errors.ts';
import type { WebhookRequest } from '../../../ports/forge.ts';
import { signatureOf } from '../signature.ts';
import { parseWebhook } from './parse-webhook.ts';

describe('a signature', () => {
  const body = bytesOf(JSON.stringify(queuedPayload));
  const good = signatureOf('current', body);
  const withSignature = (signature: string | undefined): WebhookRequest => ({
    ...signedWebhook(body),
    headers: { ...signedWebhook(body).headers, 'x-hub-signature-256': signature },
  });

  test.each(['current', 'previous'])('by the %s secret is good', (secret) => {
    expect(parseWebhook(webhookSecrets, signedWebhook(body, 'workflow_job', secret)).type).toBe('job');
  });

  test.each<[string, string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['of an empty secret as Gitea sends it', 'sha256='],
    ['without its algorithm', good.slice(7)],
    ['of another algorithm', good.replace('sha256', 'sha1')],
    ['in capital letters', good.toUpperCase()],
    ['with capital hex', `sha256=${good.slice(7).toUpperCase()}`],
    ['too short', good.slice(0, -1)],
    ['too long', `${good}0`],
    ['followed by a line', `${good}\n`],
    ['preceded by a space', ` ${good}`],
    ['doubled by a proxy', `${good}, ${good}`],
    ['not hex', `sha256=${'g'.repeat(64)}`],
    ['all zeros', `sha256=${'0'.repeat(64)}`],
    ['of another body', signatureOf('current', bytesOf('{}'))],
    ['of another secret', signatureOf('other', body)],
    ['of an empty secret', signatureOf('', body)],
  ])('that is %s is refused', (_how, signature) => {
    expect(() => parseWebhook(webhookSecrets, withSignature(signature))).toThrow(BadSignatureError);
  });

  test('is never good for an empty secret', () => {
    expect(() => parseWebhook([''], withSignature(signatureOf('', body)))).toThrow(BadSignatureError);
    expect(() => parseWebhook([], withSignature(good))).toThrow(BadSignatureError);
  });

  test('is verified before anything is read', () => {
    const request = signedWebhook(bytesOf('not JSON'), 'workflow_job', 'other');
    expect(() => parseWebhook(webhookSecrets, request)).toThrow(BadSignatureError);
  });

  test('refused, or the body refused, is not repeated in the message', () => {
    for (const request of [
      withSignature('sha256=squeamish'),
      signedWebhook(bytesOf('{"squeamish":')),
      signedWebhook(bytesOf('squeamish')),
    ]) {
      expect(() => parseWebhook(webhookSecrets, request)).not.toThrow('squeamish');
    }
  });
});

describe('whatever comes', () => {
  const outcome = (request: WebhookRequest): unknown => {
    try {
      return parseWebhook(webhookSecrets, request).type;
    } catch (thrown) {
      return thrown instanceof BadSignatureError || thrown instanceof MalformedError ? 'refused' : thrown;
    }
  };
  const expected = (result: unknown) => expect(['job', 'other', 'refused']).toContain(result);
  const header = fc.option(fc.string(), { nil: undefined });

  test('unsigned bytes are refused in order', () => {
    const headers = fc.record({ 'x-hub-signature-256': header, 'x-github-event': header, 'x-github-delivery': header });
    fc.assert(
      fc.property(headers, fc.uint8Array(), (given, rawBody) => expected(outcome({ headers: given, rawBody }))),
    );
  });

  test('signed bytes are read or refused in order', () => {
    fc.assert(fc.property(fc.uint8Array(), (rawBody) => expected(outcome(signedWebhook(rawBody)))));
  });

  test('signed JSON is read or refused in order', () => {
    const event = fc.constantFrom('workflow_job', 'ping', 'push');
    fc.assert(fc.property(fc.json(), event, (text, name) => expected(outcome(signedWebhook(bytesOf(text), name)))));
  });

  test('events that are almost right are read or refused in order', () => {
    const paths = [
      ...Object.keys(queuedJob).map((key) => ['workflow_job', key]),
      ['action'],
      ['repository', 'full_name'],
      ['repository'],
      ['enterprise'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), ([outer = '', inner], value) => {
        const part = queuedPayload[outer as keyof typeof queuedPayload] as object;
        const changed = { ...queuedPayload, [outer]: inner ? { ...part, [inner]: value } : value };
        expected(outcome(signedWebhook(bytesOf(JSON.stringify(changed)))));
      }),
      { numRuns: 500 },
    );
  });
});
