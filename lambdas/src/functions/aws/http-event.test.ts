import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { requestOf, resultOf } from './http-event.ts';

const event = (fields: Partial<APIGatewayProxyEventV2>): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'POST /webhook',
  rawPath: '/webhook',
  rawQueryString: '',
  headers: {},
  requestContext: {} as APIGatewayProxyEventV2['requestContext'],
  isBase64Encoded: false,
  ...fields,
});

test('the body’s bytes are those that were signed, in base64 or not', () => {
  const bytes = Buffer.from('{"a":"ü\r\n😀"}');
  expect(Buffer.from(requestOf(event({ body: bytes.toString() })).rawBody)).toEqual(bytes);
  const binary = Buffer.from([0, 255, 254, 10]);
  const encoded = event({ body: binary.toString('base64'), isBase64Encoded: true });
  expect(Buffer.from(requestOf(encoded).rawBody)).toEqual(binary);
  expect(requestOf(event({})).rawBody).toHaveLength(0);
});

test('header names are lower-cased, whoever sent them', () => {
  expect(requestOf(event({ headers: { 'X-GitHub-Event': 'ping' } })).headers).toEqual({ 'x-github-event': 'ping' });
});

test('an answer is JSON with its status', () => {
  expect(resultOf({ status: 201, body: { reason: 'request-sent' } })).toEqual({
    statusCode: 201,
    headers: { 'content-type': 'application/json' },
    body: '{"reason":"request-sent"}',
  });
});
